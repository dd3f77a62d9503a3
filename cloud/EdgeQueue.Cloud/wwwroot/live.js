// Exchanges each piece of the page that is marked with data-live for what the server sends. EventSource comes back by itself.
for (const piece of document.querySelectorAll("[data-live]")) {
  const source = new EventSource(piece.dataset.live);
  source.addEventListener("piece", (event) => {
    // The server has encoded everything that people wrote. Whoever is typing or reading in it is not disturbed by an equal piece.
    if (piece.innerHTML !== event.data) {
      const focused = document.activeElement && piece.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      piece.innerHTML = event.data;
      if (focused) piece.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    }
    piece.removeAttribute("data-stale");
  });
  source.addEventListener("error", () => piece.setAttribute("data-stale", ""));
}
