// 写反馈件的锦上添花：边写边存，要素齐不齐由服务器随写随说，引用的文件写进光标在的地方。没有脚本，按“存草稿”也一样。
const form = document.getElementById("reply");
const saved = document.getElementById("saved");
const here = document.getElementById("cite-here");
const PAUSE = 900;
let waiting = 0;
let left = false; // 已经交上去了，别再存
let turn = Promise.resolve();
let place = form.elements.reply;

const say = (words) => { if (saved.textContent !== words) saved.textContent = words; };

const show = (fresh) => {
  const old = document.getElementById("elements");
  if (old.querySelector("ul").outerHTML !== fresh.querySelector("ul").outerHTML) {
    old.querySelector("ul").replaceWith(document.adoptNode(fresh.querySelector("ul")));
  }
  const [now, then] = [fresh.querySelector("#lacking").textContent, document.getElementById("lacking")];
  if (then.textContent !== now) then.textContent = now;
  if (fresh.dataset.version) form.elements.version.value = fresh.dataset.version;
  say(fresh.dataset.saved);
};

const check = async () => {
  const body = new FormData(form);
  for (const name of [...body.keys()]) if (body.get(name) instanceof File) body.delete(name);
  body.set("do", "check");
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const fresh = page?.getElementById("elements");
  if (fresh) show(fresh);
  else say("没有存上，内容还在这一页。");
};

const later = (pause) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    turn = turn.then(() => (left ? undefined : check())).catch(() => say("没有存上，内容还在这一页。"));
  }, pause);
};

form.addEventListener("input", ({ target }) => { if (target.type !== "file") later(PAUSE); });
form.addEventListener("change", ({ target }) => { if (target.type !== "file") later(100); });
form.addEventListener("focusin", ({ target }) => { if (target.matches("textarea:not([name=citations])")) place = target; });
form.addEventListener("submit", () => { left = true; clearTimeout(waiting); });
addEventListener("pageshow", () => { left = false; });

const named = (title, number) => {
  const bare = title.trim().replace(/^《|》$/gu, "");
  return `《${bare}》（${number.trim()}）`;
};

here?.addEventListener("click", () => {
  const [title, number] = ["cite_title", "cite_number"].map((name) => form.elements[name].value);
  const lacking = ["cite_title", "cite_number"].find((name) => !form.elements[name].value.trim());
  document.getElementById("f-cite_title-error").textContent = lacking ? here.dataset.lacking : "";
  if (lacking) { form.elements[lacking].focus(); return; }
  place.setRangeText(named(title, number), place.selectionStart, place.selectionEnd, "end");
  place.dispatchEvent(new Event("input", { bubbles: true }));
  place.focus();
});
if (here) here.hidden = false;
// 一打开就写，不用先按二十下 Tab；从别处跳到某一栏的、有错要先看的，不抢。
if (!location.hash && !document.querySelector(".error-summary, .conflict")) place.focus({ preventScroll: true });
