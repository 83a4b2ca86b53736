"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const matrix = byId("matrix").tBodies[0];
  const [q, m, s, c] = ["q", "m", "s", "c"].map(byId);
  const shown = byId("shown");
  const statuses = [...s.options].map((option) => option.value);
  // What is looked for in a row is read once: thousands of rows are asked again at every key.
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const units = [...matrix.rows].filter((row) => row.cells.length > 4).map((row) => ({
    row,
    card: byId("u" + row.cells[0].textContent),
    text: plain(row.cells[1].textContent + "\n" + row.cells[2].textContent),
    kind: row.cells[3].textContent,
    cells: [...row.cells].slice(4).map((cell) => cell.className),
  }));

  const filter = () => {
    const word = plain(q.value);
    let count = 0;
    for (const unit of units) {
      const cells = m.value ? [unit.cells[m.value]] : unit.cells;
      const fits = unit.text.includes(word) && (!c.value || unit.kind === c.value) && (!s.value || cells.includes(s.value));
      if (unit.row.hidden === fits) unit.row.hidden = !fits;
      if (unit.card && unit.card.hidden === fits) unit.card.hidden = !fits;
      count += fits;
    }
    shown.textContent = shown.dataset.text.replace("#", count).replace("*", units.length);
    byId("none").hidden = count > 0 || units.length === 0;
  };

  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (head, cell) => {
    if ("v" in cell.dataset) return +cell.dataset.v;
    if ("n" in head.dataset) return parseFloat(cell.textContent) || 0;
    // By status, then by days or date.
    if ("s" in head.dataset) return [statuses.indexOf(cell.className), cell.textContent];
    return cell.textContent;
  };
  const compare = (a, b) => {
    if (typeof a === "number") return a - b;
    if (typeof a === "string") return words.compare(a, b);
    return a[0] - b[0] || words.compare(a[1], b[1]);
  };

  const tables = [...document.querySelectorAll("table.sortable")].map((table) => ({
    heads: [...table.tHead.rows[0].cells],
    body: table.tBodies[0],
    order: [...table.tBodies[0].rows],
  }));
  const arrange = (table, rows) => {
    const part = document.createDocumentFragment();
    part.append(...rows);
    table.body.append(part);
  };
  const sort = (table, at) => {
    const head = table.heads[at];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = table.order.filter((row) => row.cells.length > at).map((row) => [key(head, row.cells[at]), row]);
    // Units that are alike stay in the order of the roster.
    keyed.sort((a, b) => (down ? compare(b[0], a[0]) : compare(a[0], b[0])));
    arrange(table, keyed.map((pair) => pair[1]));
  };
  for (const table of tables) {
    table.heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, at));
      head.append(button);
    });
  }

  byId("reset").addEventListener("click", () => {
    for (const field of [q, m, s, c]) field.value = "";
    for (const table of tables) {
      for (const head of table.heads) head.removeAttribute("aria-sort");
      arrange(table, table.order);
    }
    filter();
  });
  for (const field of [q, m, s, c]) field.addEventListener("input", filter);
  byId("tools").addEventListener("submit", (event) => event.preventDefault());
  // A link to a unit that the filter hides shows it again.
  window.addEventListener("hashchange", () => {
    const card = byId(location.hash.slice(1));
    if (card && card.hidden) {
      byId("reset").click();
      card.scrollIntoView();
    }
  });
  byId("tools").hidden = false;
  filter();
})();
