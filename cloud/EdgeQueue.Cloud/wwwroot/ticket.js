// A call is felt and heard, when somebody has asked for it: browsers let a page sound only after a press.
const bell = document.querySelector("[data-bell]");
const live = document.querySelector("[data-live]");
let sound = null;
let called = live.querySelector("[data-called]")?.textContent ?? "";

const ring = () => {
  navigator.vibrate?.([400, 200, 400, 200, 800]);
  if (!sound) return;
  for (const [after, pitch] of [[0, 880], [0.35, 660], [0.9, 880], [1.25, 660]]) {
    const tone = sound.createOscillator();
    const level = sound.createGain();
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.25, sound.currentTime + after);
    level.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + after + 0.3);
    tone.connect(level).connect(sound.destination);
    tone.start(sound.currentTime + after);
    tone.stop(sound.currentTime + after + 0.3);
  }
};

bell.hidden = false;
bell.addEventListener("click", () => {
  sound ??= new AudioContext();
  sound.resume();
  bell.setAttribute("aria-pressed", "true");
  if (called) ring();
});

new MutationObserver(() => {
  const now = live.querySelector("[data-called]")?.textContent ?? "";
  if (now && now !== called) ring();
  called = now;
  // It is over: the page itself has the question.
  if (live.querySelector("[data-over]")) location.reload();
}).observe(live, { childList: true, subtree: true });
