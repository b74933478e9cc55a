// 受理台的锦上添花：边写边存到服务器，要素齐不齐随写随看，号码、种类一变旁边跟着变。没有脚本，按“查来电”也一样。
const form = document.getElementById("intake");
const saved = document.getElementById("saved");
const BESIDE = ["caller", "ways", "near", "entries"]; // 随号码、种类、地点变的几块，各自整块换新
const SEEKS = new Set(["phone", "kind", "urgent", "area", "category", "cause", "course"]);
const PAUSE = 900;
const UNSAVED = "没有存上，内容还在这一页。";
const first = form.elements.phone;
let waiting = 0;
let left = false; // 已经交上去了，别再存
let turn = Promise.resolve();

let edits = 0; // 写过几笔：存的时候又写了的，还算没有存
const send = async (what) => {
  const body = new FormData(form);
  for (const name of [...body.keys()]) if (body.get(name) instanceof File) body.delete(name);
  body.set("do", what);
  const seen = edits;
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  if ((answer.ok || answer.status === 422) && seen === edits) delete form.dataset.unsaved;
  return answer;
};

const inTurn = (work) => { turn = turn.then(() => (left ? undefined : work())).catch(() => say(UNSAVED)); };
const say = (words) => { saved.textContent = words; };

const save = () => inTurn(async () => {
  const answer = await send("save");
  say(answer.status === 204 ? `${answer.headers.get("X-Saved-At")} 已保存在服务器` : UNSAVED);
});

const look = () => inTurn(async () => {
  const answer = await send("look");
  if (!answer.ok && answer.status !== 422) return say(UNSAVED);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of BESIDE) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(document.adoptNode(fresh));
  }
  document.dispatchEvent(new Event("minsheng:replaced"));
  wrong(page);
  say(page.getElementById("saved")?.textContent ?? "");
});

// 号码不是号码：照服务器的话说在栏上，改对了就收起。
const wrong = (page) => {
  const [here, there] = [document, page].map((one) => one.getElementById("f-phone-error"));
  here.textContent = there.textContent;
  first.setAttribute("aria-invalid", String(there.textContent !== ""));
  first.closest(".field").classList.toggle("field-wrong", there.textContent !== "");
};

const LONGEST = 3000; // 一口气写下去，也隔一会儿存一次
let since = 0;
let next; // 等着要做的：等着查的不被后来的存顶掉，查的时候也就存了
const later = (what, pause) => {
  clearTimeout(waiting);
  if (next !== look) next = what;
  since ||= Date.now();
  waiting = setTimeout(() => { const now = next; next = undefined; since = 0; now(); }, Math.max(0, Math.min(pause, since + LONGEST - Date.now())));
};

const complete = () => {
  const marks = [...document.querySelectorAll(".squares i")];
  const lacking = [];
  for (const mark of marks) {
    const field = document.getElementById(mark.dataset.of);
    const given = field.value.trim() !== "";
    mark.classList.toggle("given", given);
    if (!given) lacking.push(field.closest(".field").querySelector("label").firstChild.textContent.trim());
  }
  const place = document.getElementById("complete");
  const title = place.dataset.title;
  const words = lacking.length ? `${title}已有 ${marks.length - lacking.length} 项，还差“${lacking.join("、")}”` : `${title}齐全`;
  if (place.textContent !== words) place.textContent = words;
};

form.addEventListener("input", ({ target }) => {
  complete();
  edits += 1;
  form.dataset.unsaved = "";
  history.replaceState(null, "", `?draft=${form.elements.act_id.value}`); // 刷新回到这一份，不是又一张空的
  if (target.name === "find") { later(look, 300); return; } // 知识库：随写随查
  if (target.type !== "file") later(save, PAUSE);
});
form.addEventListener("change", ({ target }) => { if (SEEKS.has(target.name)) later(look, 300); });
form.addEventListener("submit", () => { left = true; clearTimeout(waiting); });
document.addEventListener("minsheng:refilled", complete);
addEventListener("pageshow", () => { left = false; });
complete();
if (!first.value && !document.querySelector(".error-summary")) first.focus({ preventScroll: true });
