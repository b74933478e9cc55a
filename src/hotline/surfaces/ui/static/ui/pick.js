// 选一条：一组里几条只有一套键，在选中的那条上；Alt ↓、Alt ↑ 换一条，Tab 走到哪条就选哪条。没有脚本，键在第一条上。
const kept = new Map(); // 每组选中的是哪一条，这一块换新以后还是它
const groups = () => [...document.querySelectorAll("[data-pick]")];
const named = (row) => row.dataset.row ?? row.querySelector("[data-key]").value;
const rowsOf = (group) => [...group.querySelectorAll(".near, .order")].filter((row) => row.querySelector("[data-key]"));
const within = (node) => {
  const row = node.closest?.(".near, .order");
  return row?.closest("[data-pick]") && row.querySelector("[data-key]") ? row : null;
};

const shown = (one, key) => {
  const hint = one.querySelector("kbd");
  if (!key) { hint?.remove(); one.removeAttribute("accesskey"); return; }
  one.accessKey = key.toLowerCase();
  if (hint) hint.textContent = key;
  else one.append(" ", Object.assign(document.createElement("kbd"), { ariaHidden: "true", textContent: key }));
};

const choose = (row, quiet = false) => {
  const group = row.closest("[data-pick]");
  for (const one of group.querySelectorAll("[data-key]")) {
    one.dataset.own ??= one.accessKey.toUpperCase() === one.dataset.key ? "" : one.accessKey.toUpperCase();
    shown(one, row.contains(one) ? one.dataset.key : one.dataset.own);
  }
  for (const one of document.querySelectorAll("[data-pick] [aria-current]")) one.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  kept.set(group.dataset.pick, named(row));
  if (!quiet) row.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const rows = groups().flatMap(rowsOf).filter((row) => row.checkVisibility());
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.ariaCurrent);
  const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length];
  choose(row);
  if (row.closest("[data-pick-focus]")) row.querySelector("[data-key]").focus();
};

document.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.target.matches?.("select")) return;
  event.preventDefault();
  step(by);
});

for (const one of document.querySelectorAll("[data-step]")) {
  one.hidden = false;
  one.addEventListener("click", () => step(Number(one.dataset.step)));
}

document.addEventListener("focusin", ({ target }) => { const row = within(target); if (row && !row.ariaCurrent) choose(row, true); });

document.addEventListener("minsheng:replaced", () => {
  for (const group of groups()) {
    const row = rowsOf(group).find((one) => named(one) === kept.get(group.dataset.pick));
    if (row) choose(row, true);
  }
});

const help = document.querySelector("details.keys dl");
if (help && groups().length) {
  const line = document.createElement("div");
  for (const [tag, text] of [["dt", "Alt ↓ ↑"], ["dd", "换一条，旁边的键办的就是它"]]) line.append(Object.assign(document.createElement(tag), { textContent: text }));
  help.append(line);
}
