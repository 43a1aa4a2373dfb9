// Scanning with the camera, where the browser can: it fills the same field that a hand scanner types into, and sends the
// same form. Without BarcodeDetector or a camera the button never appears. No picture is kept or sent.
const box = document.querySelector("[data-camera]");
const field = document.querySelector("[data-scan]");
const EVERY_MS = 250;
const FORMATS = ["qr_code", "data_matrix", "code_128"];

if (box && field && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
  const picture = box.querySelector("[data-camera-picture]");
  const denied = box.querySelector("[data-camera-denied]");
  const start = box.querySelector("[data-camera-start]");
  box.hidden = false;

  const stop = () => {
    for (const track of picture.srcObject?.getTracks() ?? []) track.stop();
    picture.srcObject = null;
    picture.hidden = true;
  };

  const look = async (detector) => {
    if (!picture.srcObject) return;
    const found = picture.readyState >= 2 ? await detector.detect(picture).catch(() => []) : [];
    if (found.length) {
      field.value = found[0].rawValue;
      stop();
      field.form.requestSubmit();
      return;
    }
    setTimeout(look, EVERY_MS, detector);
  };

  start.addEventListener("click", async () => {
    denied.hidden = true;
    try {
      const supported = await window.BarcodeDetector.getSupportedFormats();
      const detector = new window.BarcodeDetector({ formats: FORMATS.filter((format) => supported.includes(format)) });
      picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      picture.hidden = false;
      await picture.play();
      look(detector);
    } catch {
      stop();
      denied.hidden = false;
      field.focus();
    }
  });
  addEventListener("pagehide", stop);
}
