// 只是锦上添花：离开一栏时用服务器同样的话提醒；Esc 收起打开的菜单。没有脚本，一切照样能办。
const wordsOf = (control) => {
  const value = control.value.trim();
  if (!value) return control.dataset.missing ?? "";
  const { pattern, shape, most, label } = control.dataset;
  const long = [...value.replaceAll("\r\n", "\n")].length;
  if (most && long > Number(most)) return `“${label}”最多 ${most} 个字，现在有 ${long} 个。`;
  return pattern && !new RegExp(`^(?:${pattern})$`, "u").test(value) ? (shape ?? "") : "";
};

const say = (control, words) => {
  const place = document.getElementById(`${control.id}-error`);
  if (!place) return;
  place.textContent = words;
  control.closest(".field")?.classList.toggle("field-wrong", words !== "");
  control.setAttribute("aria-invalid", String(words !== ""));
};

document.addEventListener("focusout", ({ target }) => {
  if ("quiet" in (target.dataset ?? {}) && !target.value) return;
  if (target.matches?.(".form :is(input, textarea, select)") && (target.dataset.missing || target.dataset.pattern || target.dataset.most)) {
    say(target, wordsOf(target));
  }
});

// 改对了马上收起提醒，不等离开：否则按下按钮的一刻页面一缩，这一下就按空了。
document.addEventListener("input", ({ target }) => {
  if (target.matches?.(".form [aria-invalid=true]") && !wordsOf(target)) say(target, "");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details.post-switch[open], details.verb-more[open], details.why[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

if (!document.querySelector("[autofocus]")) document.querySelector(".error-summary, .conflict")?.focus();
