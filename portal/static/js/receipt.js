// What was sent need not be kept in this browser any longer.
import { forget } from "./store.js";

forget(document.querySelector("[data-sent]").dataset.sent);
