"use strict";
// Draws what the chips say is lit: segments of each digit, or dots of each module. Nothing here knows what a ticket is.
const Displays = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const element = (name, attributes) => {
    const e = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    return e;
  };

  // Polygons on a 100 × 160 digit. Order of bits: a b c d e f g dp.
  const SEVEN = [
    "22,8 78,8 70,20 30,20", "82,12 82,76 72,70 72,26", "82,84 82,148 72,134 72,90", "22,152 78,152 70,140 30,140",
    "18,84 18,148 28,134 28,90", "18,12 18,76 28,70 28,26", "30,74 70,74 76,80 70,86 30,86 24,80", null,
  ];
  // Order of bits: a b c d e f g1 g2 h j k l m n dp (Noritake/Kingbright naming, as on HT16K33 backpacks).
  const FOURTEEN = [
    "22,8 78,8 70,18 30,18", "82,12 82,76 72,70 72,24", "82,84 82,148 72,136 72,90", "22,152 78,152 70,142 30,142",
    "18,84 18,148 28,136 28,90", "18,12 18,76 28,70 28,24", "28,75 46,75 48,80 46,85 28,85 24,80",
    "54,75 72,75 76,80 72,85 54,85 52,80", "31,22 40,22 46,64 46,72 42,68 31,40", "45,22 55,22 54,70 46,70",
    "69,22 60,22 54,64 54,72 58,68 69,40", "31,138 40,138 46,96 46,88 42,92 31,120", "45,138 55,138 54,90 46,90",
    "69,138 60,138 54,96 54,88 58,92 69,120", null,
  ];

  function segments(view, shapes) {
    const svg = element("svg", { viewBox: `0 0 ${view.cells.length * 112} 162` });
    view.cells.forEach((bits, digit) => {
      const group = element("g", { transform: `translate(${digit * 112} 0) skewX(-4)` });
      shapes.forEach((points, bit) => {
        const lit = (bits >> bit) & 1;
        const shape = points ? element("polygon", { points }) : element("circle", { cx: 98, cy: 148, r: 6.5 });
        shape.setAttribute("class", lit ? "on" : "off");
        group.append(shape);
      });
      svg.append(group);
    });
    return svg;
  }

  function matrix(view) {
    const svg = element("svg", { viewBox: `0 0 ${view.width * 10} ${view.height * 10}` });
    for (let y = 0; y < view.height; y++)
      for (let x = 0; x < view.width; x++)
        svg.append(element("circle", { cx: x * 10 + 5, cy: y * 10 + 5, r: 4, class: view.rows[y][x] === "#" ? "on" : "off" }));
    return svg;
  }

  // Cells of 5 × 8 dots with a gap between, as on a liquid crystal display: one path for all dark dots, one for the others.
  function characters(view) {
    const svg = element("svg", { viewBox: `0 0 ${view.width * 60} ${view.height * 96}` });
    const paths = { on: "", off: "" };
    view.rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x++)
        paths[row[x] === "#" ? "on" : "off"] += `M${x * 10 + Math.floor(x / 5) * 10 + 5.4} ${y * 10 + Math.floor(y / 8) * 16 + 8.4}h9.2v9.2h-9.2z`;
    });
    for (const name of ["off", "on"]) svg.append(element("path", { d: paths[name], class: name }));
    return svg;
  }

  function draw(box, view) {
    const svg = view.kind === "characters" ? characters(view) : view.kind === "matrix" ? matrix(view) : segments(view, view.kind === "segments14" ? FOURTEEN : SEVEN);
    svg.style.opacity = view.on ? 0.7 + 0.3 * (view.brightness + 1) / 16 : 1;
    if (!view.on) svg.querySelectorAll(".on").forEach(e => e.setAttribute("class", "off"));
    box.replaceChildren(svg);
    box.classList.toggle("unlit", !view.on);
    box.setAttribute("aria-label", view.text?.trim() ? `display shows ${view.text}` : "display is dark");
    box.dataset.text = view.text ?? "";
  }

  return { draw };
})();
