// A page as it is drawn -> [code, message] pairs: targets, sideways scrolling, text that is cut off or lies on other text.
() => {
  const SMALLEST = 24; // WCAG 2.2, 2.5.8
  const found = [];
  const name = (element) => {
    const own = element.id ? `#${element.id}` : [element.localName, ...element.classList].join(".");
    return element.id || !element.parentElement ? own : `${element.parentElement.id ? `#${element.parentElement.id}` : element.parentElement.localName} > ${own}`;
  };
  const words = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const style = (element) => getComputedStyle(element);
  const tiny = (element) => { const box = element.getBoundingClientRect(); return box.width <= 1 && box.height <= 1; };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const ancestors = (element) => { const all = []; for (let one = element; one; one = one.parentElement) all.push(one); return all; };
  const heard = (element) => ancestors(element).some(tiny); // for screen readers alone
  const scrolls = (element) => ["auto", "scroll"].includes(style(element).overflowX) && element.matches("[role=region][tabindex='0']");
  const inScroller = (element) => ancestors(element).some(scrolls);
  const inSentence = (element) => style(element).display === "inline" && [...element.parentElement.childNodes]
    .some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data));

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (node.data.trim() && shown(parent) && !heard(parent) && !parent.closest("script, style")) texts.push(node);
  }

  for (const target of document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button], [role=link]")) {
    if (matchMedia("print").matches || !shown(target) || tiny(target) || inSentence(target)) continue;
    const box = target.getBoundingClientRect();
    if (Math.min(box.width, box.height) < SMALLEST - 0.01)
      found.push(["target-small", `${name(target)} ${words(target.textContent)} is less than ${SMALLEST} px ${box.width < box.height ? "wide" : "high"}`]);
  }

  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(["scroll-sideways", `the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`]);

  const cut = new Set();
  for (const node of texts) {
    for (const element of ancestors(node.parentElement)) {
      const { overflowX, overflowY, textOverflow } = style(element);
      const hides = (value) => ["hidden", "clip"].includes(value);
      if (hides(overflowX) && element.scrollWidth > element.clientWidth + 1 || hides(overflowY) && element.scrollHeight > element.clientHeight + 1
        || textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth) cut.add(element);
    }
  }
  for (const element of cut) if (element !== root && element !== document.body) found.push(["text-clipped", `${name(element)} cuts off ${words(element.textContent)}`]);

  const boxes = [];
  const range = document.createRange();
  for (const node of texts) {
    range.selectNodeContents(node);
    const skip = ancestors(node.parentElement).some((one) => one.matches(".skip, svg") || ["fixed", "sticky"].includes(style(one).position));
    for (const box of range.getClientRects()) {
      if (box.width < 2) continue;
      if (!skip && !inScroller(node.parentElement) && (box.left < -1 || box.right > root.clientWidth + 1))
        found.push(["text-outside", `${words(node.data)} is drawn outside of the window`]);
      const middle = box.height * 0.3; // the heights of letters, without the space above and below
      if (!skip) boxes.push({ node, left: box.left, right: box.right, top: box.top + middle, bottom: box.bottom - middle });
    }
  }
  boxes.sort((one, other) => one.top - other.top);
  for (const [number, one] of boxes.entries()) {
    for (let next = number + 1; next < boxes.length && boxes[next].top < one.bottom; next++) {
      const other = boxes[next];
      if (other.node !== one.node && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2)
        found.push(["text-overlap", `${words(one.node.data)} and ${words(other.node.data)} lie on each other`]);
    }
  }
  return found;
}
