// 边写边存：停一下就存到服务器，重开这一页、换一台电脑都还在。没有脚本，按下按钮时一起交上去。
const form = document.querySelector("form[data-keep]");
const saved = document.getElementById("saved");
const PAUSE = 900;
let waiting = 0;
let left = false; // 已经交上去了，别再存
let edits = 0; // 写过几笔：存的时候又写了的，还算没有存
let turn = Promise.resolve();

const say = (words) => { if (saved) saved.textContent = words; };

const save = async () => {
  const body = new FormData(form);
  body.set("do", "save");
  const seen = edits;
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  if (answer.status === 204 && seen === edits) delete form.dataset.unsaved;
  if (answer.status === 204) say(`${answer.headers.get("X-Saved-At")} 已保存在服务器`);
  else say(answer.status === 409 ? await answer.text() : "没有存上，内容还在这一页。");
};

const LONGEST = 3000; // 一口气写下去，也隔一会儿存一次
let since = 0;
const later = () => {
  clearTimeout(waiting);
  edits += 1;
  form.dataset.unsaved = "";
  since ||= Date.now();
  waiting = setTimeout(() => {
    since = 0;
    turn = turn.then(() => (left ? undefined : save())).catch(() => say("没有存上，内容还在这一页。"));
  }, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
};

form?.addEventListener("input", later);
form?.addEventListener("submit", () => { left = true; clearTimeout(waiting); });
addEventListener("pageshow", () => { left = false; });
// 脚本到得比手慢：先写下的也存。
const typed = (one) => "defaultValue" in one && one.type !== "hidden" && one.value !== one.defaultValue;
if (form && [...form.elements].some(typed)) later();
