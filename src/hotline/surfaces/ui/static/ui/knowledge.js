// 答复旁边的知识库：“写进答复”不重开页面，写在光标处，依据和编号跟着填。没有脚本，它就是一个链接。
const form = document.querySelector(".verb-form form");
const [answer, policy, cites] = ["answer", "policy", "cites"].map((name) => form?.elements[name]);

document.getElementById("knowledge")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-number]");
  if (!link || !answer) return;
  event.preventDefault();
  const words = link.closest("li").querySelector(".note").textContent;
  const at = answer.selectionStart;
  const gap = at && !answer.value.slice(0, at).endsWith("\n") ? "\n" : "";
  answer.setRangeText(gap + words, at, answer.selectionEnd, "end");
  if (policy && !policy.value) policy.value = link.dataset.policy;
  const numbers = new Set(cites.value.split(/[、，,\s]+/).filter(Boolean).concat(link.dataset.number));
  cites.value = [...numbers].join("、");
  answer.focus();
  answer.dispatchEvent(new Event("input", { bubbles: true }));
});
