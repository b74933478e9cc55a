// 推送：台上有新事，铃上的数和标了 data-live 的部分自己换新。没有脚本、连不上，页面打开时是什么就是什么。
// 一个浏览器只连一条：先到的标签页连着，听到了转告别的标签页。
const bell = document.querySelector("[data-push]");
const PACE = 1500, AGAIN = 60000, KEPT = 60000;
const channel = new BroadcastChannel("minsheng-push");
let waits = false, last = 0;

const asked = async (url) => {
  const answer = await fetch(url, { headers: { "X-Requested-With": "push" } });
  return answer.ok && !answer.redirected ? answer.text() : null;
};

const read = (html) => new DOMParser().parseFromString(html, "text/html");
const written = (node) => [...node.childNodes].map((one) => one.outerHTML ?? one.textContent).join("");
const ticks = (one) => one.type === "checkbox" || one.type === "radio";

// 勾过、写过还没有交的，换新以后还在。
const touched = (node) => [...node.querySelectorAll("input[name], textarea[name]")].filter((one) =>
  ticks(one) ? one.checked !== one.defaultChecked : one.type !== "hidden" && one.value !== one.defaultValue);

const put = (old, one) => {
  const mine = touched(old);
  old.replaceChildren(...one.cloneNode(true).childNodes);
  for (const field of old.querySelectorAll("input[name], textarea[name]")) {
    const was = mine.find(({ name, value }) => name === field.name && (!ticks(field) || value === field.value));
    if (!was || field.disabled) continue;
    if (ticks(field)) field.checked = was.checked;
    else field.value = was.value;
  }
};

const shown = (html) => {
  put(bell, read(html).body);
  sessionStorage.setItem("minsheng-bell", JSON.stringify([bell.dataset.post, Date.now(), html]));
};

const parts = async () => {
  const live = [...document.querySelectorAll("[data-live]")];
  if (!live.length) return;
  const html = await asked(location.href);
  if (html === null) return;
  const fresh = read(html);
  for (const old of live) {
    const one = fresh.getElementById(old.id);
    if (!one || written(one) === written(old)) continue;
    // 人正在里面：离开了再看
    if (old.contains(document.activeElement)) old.addEventListener("focusout", heard, { once: true });
    else put(old, one);
  }
};

const look = async () => {
  waits = false;
  last = Date.now();
  try {
    const html = await asked(bell.dataset.bell);
    if (html !== null) shown(html);
    document.dispatchEvent(new Event("minsheng:news"));
    await parts();
  } catch { /* 连不上就等下一次 */ }
};

const heard = () => {
  if (waits) return;
  waits = true;
  if (document.hidden) return; // 看到这一页时再换
  setTimeout(look, Math.max(0, last + PACE - Date.now()));
};

let missed = false; // 断过：断着的时候来了什么没人知道，连上就看一次

const listen = () => {
  const source = new EventSource(bell.dataset.push, { withCredentials: true });
  source.addEventListener("open", () => {
    if (missed) { channel.postMessage(1); heard(); }
    missed = false;
  });
  source.addEventListener("message", () => { channel.postMessage(1); heard(); });
  source.addEventListener("error", () => {
    missed = true;
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
  });
};

if (bell) {
  channel.addEventListener("message", heard);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && waits) look(); });
  const [post, at, html] = JSON.parse(sessionStorage.getItem("minsheng-bell") ?? "[]");
  if ("uncounted" in bell.dataset) { // 这一页没有数过：先写上一页数的，旧了再问
    if (post === bell.dataset.post) put(bell, read(html).body);
    if (post !== bell.dataset.post || Date.now() - at > KEPT) heard();
  } else shown(written(bell));
  if (navigator.locks) navigator.locks.request("minsheng-push", () => new Promise(listen));
  else listen();
}
