// A document -> [code, message] pairs: text that does not stand out from the ground that it is drawn on, 4.5 to 1.
// `only` chooses the text. What lies behind the words of a drawing is asked of the browser, shape by shape.
(document, only) => {
  const LEAST = 4.5; // WCAG 2.2, 1.4.3, for text of any size
  const view = document.defaultView;
  const style = (element) => view.getComputedStyle(element);
  const words = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const colour = (text) => { const [r, g, b, a = 1] = (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number); return [r, g, b, a]; };
  const over = (top, below) => [0, 1, 2].map((part) => top[part] * top[3] + below[part] * (1 - top[3])).concat(1);
  const linear = (part) => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ratio = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };

  const canvas = () => {
    const probe = document.createElement("div");
    probe.style.backgroundColor = "Canvas";
    document.body.append(probe);
    const found = colour(style(probe).backgroundColor);
    probe.remove();
    return found;
  };
  const paper = canvas();
  const layers = (element) => {
    const { backgroundColor, backgroundImage } = style(element);
    if (backgroundImage === "none") return [colour(backgroundColor)];
    const colours = [...new Set(backgroundImage.match(/rgba?\([^)]*\)/g) ?? [])]; // a gradient of one colour is a ground
    if (!backgroundImage.startsWith("linear-gradient(") || colours.length !== 1) return [colour(backgroundColor), null];
    return [colour(backgroundColor), colour(colours[0])];
  };
  const ground = (element) => {
    const all = [];
    for (let one = element; one; one = one.parentElement) all.unshift(...layers(one));
    return all.reduce((below, layer) => layer === null ? null : layer[3] === 1 ? layer : below && over(layer, below), paper);
  };
  const behind = (text, x, y) => {
    const drawing = text.ownerSVGElement;
    for (const one of document.elementsFromPoint(x, y)) {
      if (one === text || one.closest("text") || !drawing.contains(one) || one === drawing || one.localName === "g") continue;
      const { fill, stroke } = style(one);
      const painted = fill === "none" ? stroke : fill;
      if (painted !== "none") return colour(painted)[3] === 1 ? colour(painted) : null;
    }
    return ground(drawing);
  };
  const grounds = (text) => {
    text.scrollIntoView({ block: "center", behavior: "instant" });
    const box = text.getBoundingClientRect(), y = (box.top + box.bottom) / 2;
    return [box.left + 2, (box.left + box.right) / 2, box.right - 2].map((x) => behind(text, x, y));
  };

  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.matches(only) || element.closest("script, style, svg title, svg desc")) continue;
    if (!element.checkVisibility({ visibilityProperty: true }) || !element.getClientRects().length) continue;
    const drawn = element.closest("text");
    const ink = style(element)[drawn ? "fill" : "color"];
    for (const below of drawn ? grounds(drawn) : [ground(element)]) {
      if (!below || !ink.startsWith("rgb")) { found.push(["contrast-undecided", `the ground of ${words(node.data)} can't be told`]); continue; }
      const contrast = ratio(over(colour(ink), below), below);
      if (contrast < LEAST) found.push(["contrast", `${words(node.data)} has a contrast of ${contrast.toFixed(2)}`]);
    }
  }
  return found;
}
