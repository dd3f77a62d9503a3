// A form that works only with a place is shown only where there are scripts.
for (const form of document.querySelectorAll("form[data-place][hidden]")) form.hidden = false;

// The branch wants to know whether one is near. The browser asks first, and the place goes with this one press only.
for (const form of document.querySelectorAll("form[data-place]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.place === "known" || !navigator.geolocation) return;
    event.preventDefault();
    const pressed = event.submitter;
    const go = (place) => {
      form.dataset.place = "known";
      if (place) {
        for (const name of ["latitude", "longitude", "accuracy"]) {
          const field = document.createElement("input");
          field.type = "hidden";
          field.name = name;
          field.value = place.coords[name];
          form.append(field);
        }
      }
      form.requestSubmit(pressed);
    };
    navigator.geolocation.getCurrentPosition(go, () => go(null), { enableHighAccuracy: true, maximumAge: 60000, timeout: 10000 });
  });
}
