// In a page that holds foliate-js: opens /book.epub and reads it as people do -> what it is, and [page, code, message] triples.
async (contrast) => {
  await import("/view.js");
  const view = document.createElement("foliate-view");
  document.body.append(view);
  await view.open("/book.epub");
  const { book, renderer } = view;
  renderer.setAttribute("flow", "scrolled");

  const USER_FONT = "DejaVu Serif";
  const NIGHT = "html, body { background: #121212 !important; color: #d0d0d0 !important }";
  const GROUNDS = {
    "at night": NIGHT,
    "at night, without colours": `${NIGHT} * { color: inherit !important; background-color: transparent !important; border-color: currentcolor !important }`,
    "in sepia": "html, body { background: #f4ecd8 !important; color: #4f3b24 !important }",
  };
  const words = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const texts = (document) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style")) all.push(walker.currentNode);
    return all;
  };
  const seen = (document) => texts(document).filter((node) => node.data.trim()).map((node) => node.parentElement)
    .filter((element) => !element.closest("svg") && element.checkVisibility());
  const style = (element) => element.ownerDocument.defaultView.getComputedStyle(element);
  const dress = async (css) => { renderer.setStyles(css); await drawn(); };
  const family = (text) => text.split(",")[0].trim().replace(/^["']|["']$/g, "");

  const open = async (index) => {
    const loaded = new Promise((done) => view.addEventListener("load", ({ detail }) => done(detail.doc), { once: true }));
    await view.goTo(index);
    const page = await loaded;
    await page.fonts.ready;
    return page;
  };

  function* fonts(page) {
    for (const face of page.fonts) if (face.status === "error") yield ["font", `${face.family} ${face.weight} can't be loaded`];
    const loaded = [...page.fonts].filter((face) => face.status === "loaded").map((face) => family(face.family));
    for (const wanted of new Set(seen(page).map((element) => family(style(element).fontFamily))))
      if (!loaded.includes(wanted)) yield ["font", `text is set in ${wanted}, which the book does not bring along`];
  }
  async function* userFont(page) {
    await dress(`html, body { font-family: "${USER_FONT}" !important }`);
    for (const element of seen(page))
      if (family(style(element).fontFamily) !== USER_FONT) yield ["user-font", `${words(element.textContent)} stays in the book's own font`];
  }
  async function* large(page) {
    await dress("");
    const before = seen(page).map((element) => [element, parseFloat(style(element).fontSize)]);
    await dress("html { font-size: 200% !important }");
    for (const [element, size] of before)
      if (Math.abs(parseFloat(style(element).fontSize) / size - 2) > 0.02) yield ["user-size", `${words(element.textContent)} does not grow with the reader's text size`];
    const { scrollWidth, clientWidth } = page.documentElement;
    if (scrollWidth > clientWidth + 1) yield ["user-size", `at 200 % the page is ${scrollWidth} px wide in a window of ${clientWidth} px`];
  }
  async function* grounds(page) {
    for (const [name, css] of Object.entries(GROUNDS)) {
      await dress(css);
      for (const [code, message] of contrast(page, "*")) yield [code, `${message} ${name}`];
    }
  }

  const pages = [], problems = [];
  for (const index of book.sections.keys()) {
    await dress("");
    const page = await open(index), { lang, dir } = page.documentElement;
    pages.push({ text: texts(page).map((node) => node.data).join(" "), lang, dir, direction: style(page.body).direction });
    for (const found of [fonts(page), userFont(page), large(page), grounds(page)])
      for await (const [code, message] of found) problems.push([book.sections[index].id, code, message]);
  }
  return { direction: book.dir ?? "default", language: book.metadata.language, contents: (book.toc ?? []).map(({ label, href }) => [label, href]), pages, problems };
}
