// Small helps for every staff page. Each page works without them.
import { watchBlankKey } from "./blank.js";
import { keepFresh } from "./live.js";

watchBlankKey();
keepFresh();
