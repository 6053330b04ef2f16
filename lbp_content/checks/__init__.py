"""Rules that hold before anything is rendered: each check is a function from content to findings."""
