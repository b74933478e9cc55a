// 工作台的锦上添花：长的清单按拼音首字母找，按 ? 看这一页的键，打开一张表就能写。没有脚本，一切照样能办。
const LETTER = /^[a-z0-9]$/i;
const typed = new WeakMap(); // 每张清单上敲到哪里

const fits = (ways, keys) => {
  if (ways.includes(keys)) return 0;
  if (ways.some((way) => way.startsWith(keys))) return 1;
  const whole = ways.join("");
  if (whole.includes(keys)) return 2;
  if (keys.length < 3) return 9;
  let at = 0; // 隔着字也算，排在最后：zjj 找得到“住房和城乡建设局”
  for (const letter of whole) if (letter === keys[at]) at += 1;
  return at === keys.length ? 3 : 9;
};

const found = (select, keys) => [...select.options]
  .map((option) => [fits((option.dataset.py ?? "").split(" "), keys), option])
  .filter(([rank, option]) => rank < 9 && option.value)
  .sort((one, other) => one[0] - other[0])
  .map(([, option]) => option);

const say = (select, words) => {
  const label = document.querySelector(`label[for="${select.id}"]`);
  let place = label?.querySelector("output");
  if (!place && label) label.append(" ", (place = Object.assign(document.createElement("output"), { className: "hint" })));
  if (place) place.textContent = words;
};

const choose = (select, option) => {
  if (select.value === option.value) return;
  select.value = option.value;
  for (const what of ["input", "change"]) select.dispatchEvent(new Event(what, { bubbles: true }));
};

const sought = (select, keys, step) => {
  const all = found(select, keys);
  const at = step ? (all.findIndex((one) => one.value === select.value) + step + all.length) % all.length : 0;
  if (all.length) choose(select, all[at]);
  say(select, all.length ? `${keys}，第 ${at + 1} / ${all.length} 项，↓ 换下一项` : `没有 ${keys}，按退格改`);
};

const next = (before, key) => {
  if (LETTER.test(key)) return before + key.toLowerCase();
  if (key === "Backspace") return before.slice(0, -1);
  return key === "Escape" ? "" : null;
};

document.addEventListener("keydown", (event) => {
  const { target: select, key } = event;
  if (!select.matches?.("select[data-seek]") || event.ctrlKey || event.altKey || event.metaKey) return;
  const before = typed.get(select) ?? "";
  const step = { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
  const keys = step ? before : next(before, key);
  if (keys === null || (!before && (step || !keys))) return;
  event.preventDefault();
  typed.set(select, keys);
  if (keys) sought(select, keys, step);
  else say(select, "");
});

document.addEventListener("focusout", ({ target }) => {
  if (!typed.get(target)) return;
  typed.delete(target);
  say(target, "");
});

// 顶栏上的件数：这一页没有数过的，打开时问一次；刚数过、自己没有再办过事的照写。有新事的消息来了再数，鼠标停在上面看得到几时数的。
const bar = document.querySelector("[data-waits]");
const [FRESH, OLD, NOTED] = [10000, 60000, "minsheng-waits"];
const noted = () => { try { return JSON.parse(sessionStorage.getItem(NOTED) ?? "[]"); } catch { return []; } };
const put = (html) => bar.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
let countedAt = 0;

const kept = (at, html) => {
  countedAt = at;
  bar.title = `${new Date(at).toLocaleTimeString("zh-CN", { hour12: false })} 数的`;
  sessionStorage.setItem(NOTED, JSON.stringify([bar.dataset.post, at, html]));
};

const count = async () => {
  countedAt = Date.now();
  try {
    const answer = await fetch(bar.dataset.waits, { headers: { "X-Requested-With": "push" } });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    put(html);
    kept(Date.now(), html);
  } catch { /* 连不上就等下一次，不写旧的数 */ }
};

if (bar) {
  const [post, at, html] = noted();
  if (bar.querySelector("b").textContent) kept(Date.now(), [...bar.childNodes].map((one) => one.outerHTML ?? one.textContent).join(""));
  else if (post === bar.dataset.post && Date.now() - at < FRESH) {
    put(html);
    kept(at, html);
  } else count();
  document.addEventListener("submit", ({ target }) => { if (target.method === "post") sessionStorage.removeItem(NOTED); });
  document.addEventListener("minsheng:news", count);
  for (const what of ["visibilitychange", "keydown", "pointerdown"]) { // 有人在用才数，没有人的页面不替他续着登录
    document.addEventListener(what, () => { if (!document.hidden && Date.now() - countedAt > OLD) count(); });
  }
}

// 手机上主要页面排成一行，往旁边推；现在的这一页推到看得见的地方。
const tab = document.querySelector(".top-nav [aria-current]");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;

const keys = document.querySelector("details.keys");

const row = (key, words) => {
  const line = document.createElement("div");
  for (const [tag, text] of [["dt", key], ["dd", words]]) line.append(Object.assign(document.createElement(tag), { textContent: text }));
  return line;
};

const said = (one) => { // 写着什么，画着的键不算
  const copy = one?.cloneNode(true);
  copy?.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy?.textContent.trim() ?? "";
};

keys?.addEventListener("toggle", () => {
  const list = keys.querySelector("dl");
  for (const old of list.querySelectorAll("[data-here]")) old.remove();
  for (const one of document.querySelectorAll("[accesskey]")) {
    if (!one.checkVisibility()) continue;
    const words = said(one.labels?.[0]) || said(one) || one.getAttribute("aria-label");
    const line = row(`Alt ${one.accessKey.toUpperCase()}`, words);
    line.dataset.here = "";
    list.append(line);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey) return;
  (event.target.form ?? document.querySelector(".verb-form .form, #reply"))?.querySelector(".verb-primary")?.click();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.target.matches?.("input:not([type=radio], [type=checkbox]), textarea") || !keys) return;
  event.preventDefault();
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
});

// 打开一张表，光标就在第一个空着的栏里；还没写就离开，不算漏填。都替人填好了的，光标在按钮上，看过按回车。
if (!document.querySelector(".error-summary, .conflict")) {
  const empty = (one) => one.matches("[type=checkbox], [type=radio]")
    ? document.getElementsByName(one.name).length > 1 && !document.querySelector(`[name="${one.name}"]:checked`) // 几样里一样也没有选
    : !one.value;
  const first = [...document.querySelectorAll(".verb-form .form :is(input:not([type=hidden], [type=file]), select, textarea)")]
    .find(empty);
  if (first) { first.dataset.quiet = ""; first.focus({ preventScroll: true }); }
  else document.querySelector(".verb-form .form .verb-primary")?.focus({ preventScroll: true });
}

// 还没有存上就刷新、离开：走的一刻交给服务器，回到这一页再取回来。表上写着 data-unsaved 的才有没存的。
const LATE = "minsheng-late";
const keyOf = (one) => one.id && one.type !== "hidden" && one.type !== "file" && one.id;

addEventListener("beforeunload", () => {
  const form = document.querySelector("form[data-unsaved]");
  if (!form) return;
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("do", "save");
  sessionStorage.setItem(LATE, location.pathname);
  fetch(form.action, { method: "POST", body, credentials: "same-origin", keepalive: true });
});

document.addEventListener("submit", ({ target }) => { delete target.dataset.unsaved; });

const refilled = async () => {
  sessionStorage.removeItem(LATE);
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = document.querySelector("form#intake, form[data-keep]");
  if (!form || "unsaved" in form.dataset) return; // 已经接着写了
  for (const one of form.elements) {
    const kept = keyOf(one) ? page.getElementById(one.id) : one.name === "act_id" && page.querySelector(`#${form.id} [name=act_id]`);
    if (!kept) continue;
    if ("checked" in one) one.checked = kept.checked;
    if (one.value !== kept.value) one.value = kept.value;
  }
  document.dispatchEvent(new Event("minsheng:refilled"));
};

if (sessionStorage.getItem(LATE) === location.pathname) refilled();

// 还剩多久接着走：从页面打开那一刻服务器的话算起，本机的钟准不准没有关系；没有脚本，写的是打开那一刻的。
const [DAY, HOUR, MINUTE] = [86400, 3600, 60];

const spanned = (length, unit) => {
  const [days, hours, minutes] = [Math.floor(length / DAY), Math.floor((length % DAY) / HOUR), Math.floor((length % DAY) / MINUTE)];
  const rest = hours ? `${hours} 小时` : minutes && !days ? `${minutes} 分钟` : "";
  return [days ? `${days} ${unit}` : "", rest].filter(Boolean).join(" ") || "不到 1 分钟";
};

const remaining = (ticks, gone) => {
  const [until, midnight, days, unit] = ticks.split(" ").map((part, i) => (i < 2 ? Number(part) : part));
  if (gone >= until) return "已过";
  const ends = (day) => midnight + day * DAY;
  const today = gone < midnight ? 0 : 1 + Math.floor((gone - midnight) / DAY);
  if (until <= ends(today)) return `今天到期，还剩 ${spanned(until - gone, unit)}`;
  const left = [...days].reduce((sum, counts, day) =>
    sum + (counts === "1" ? Math.max(0, Math.min(ends(day), until) - Math.max(ends(day) - DAY, gone)) : 0), 0);
  return `还剩 ${spanned(left, unit)}`;
};

const tick = () => {
  for (const place of document.querySelectorAll("[data-ticks]")) {
    const words = remaining(place.dataset.ticks, performance.now() / 1000);
    if (place.textContent !== words) place.textContent = words;
  }
};

if (document.querySelector("[data-ticks]")) setInterval(tick, 1000);
