"""Joint angles -> the drawings of the leaflet, as plain SVG."""
