// What the keyboard reaches: `order` lists it as the page is written, `look` says where the focus is and how it shows.
() => {
  const reachable = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, audio[controls], video[controls], [contenteditable], [tabindex]")]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
  const all = reachable();
  const words = (element) => `${element.localName}${element.id ? `#${element.id}` : ""} “${(element.getAttribute("aria-label") || element.textContent).trim().replace(/\s+/g, " ").slice(0, 50)}”`;
  const numbers = (colour) => { const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) || []).map(Number); return [r, g, b, a]; };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(numbers(getComputedStyle(one).backgroundColor));
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reduce((below, layer) => over(layer, below), canvas);
  };
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => value / 255).map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
  const outline = (element) => { const { outlineStyle, outlineWidth } = getComputedStyle(element); return outlineStyle === "none" ? 0 : parseFloat(outlineWidth); };

  const look = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const problems = [], behind = ground(element.parentElement), ring = numbers(getComputedStyle(element).outlineColor);
    if (outline(element) < 2) problems.push(["focus-invisible", `${words(element)} has no outline when it is focused`]);
    else if (contrast(over(ring, behind), behind) < 3) problems.push(["focus-faint", `the outline of ${words(element)} has a contrast of ${contrast(over(ring, behind), behind).toFixed(2)}`]);
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) problems.push(["focus-outside", `${words(element)} is focused outside of the window`]);
    else {
      const corners = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
      const seen = corners.filter(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (element.contains(hit) || hit.contains(element)); });
      if (seen.length < corners.length) problems.push(["focus-covered", `${words(element)} is covered when it is focused`]);
    }
    return { place: all.indexOf(element), words: words(element), problems };
  };
  window.lbpFocus = { look, main: document.querySelector("main") };
  const main = document.querySelector("main");
  const before = all.filter((element) => main && element.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING);
  return { order: all.map(words), before: before.length };
}
