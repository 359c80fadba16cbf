/*
 * The loader: the only thing a page fetches before its visitor acts. It draws the launcher,
 * brings the rest on interest (hover, focus, touch, click), shows the panel's frame with an
 * input at once, and hands what was typed to the app when that has come.
 *
 * Invariants: nothing is stored and nothing else is asked for before the visitor acts; one
 * widget per page; only createElement and text, for pages with Trusted Types; the launcher, the
 * panel's box and whether it is open stay the loader's, what is inside the box becomes the
 * app's. At most 3,000 bytes brotli, so every word counts.
 */
(() => {
  const name = "parlour-chat";
  if (customElements.get(name)) return;
  const script = document.currentScript;
  const data = script.dataset;

  const base = new URL(data.backend || "/", script.src).href.replace(/\/?$/, "/");
  /* The version is written by the build: every file of one version carries it in its name. */
  const address = base.replace("http", "ws") + "v1/socket";
  const asset = (ending, tag = "") => `${base}assets/widget-${tag}__PARLOUR_VERSION__.${ending}`;

  /* title, open, close, message, loading, failed, again, consent */
  const words = {
    en: ["Chat with us", "Open chat", "Close", "Message", "Loading…", "The chat could not be loaded.", "Try again", "This chat stores your conversation."],
    es: ["Chatea con nosotros", "Abrir chat", "Cerrar", "Mensaje", "Cargando…", "No se pudo cargar.", "Reintentar", "Este chat guarda tu conversación."],
    ar: ["تحدث معنا", "فتح المحادثة", "إغلاق", "الرسالة", "جارٍ التحميل…", "تعذّر التحميل.", "إعادة المحاولة", "يتم حفظ هذه المحادثة."],
    "zh-CN": ["与我们聊天", "打开聊天", "关闭", "消息", "正在加载…", "加载失败。", "重试", "此聊天会保存您的对话。"],
  };

  const sheets = [new CSSStyleSheet(), new CSSStyleSheet()];
  sheets[0].replaceSync(`
:host{all:initial!important;display:contents!important}
#parlour{all:initial;font:15px/1.5 var(--parlour-font,system-ui,sans-serif)}
#launcher,#panel{all:unset;position:fixed;z-index:var(--parlour-layer,2147483000);outline:1px solid #0000;right:20px;bottom:20px;box-shadow:0 4px 24px #0005}
[data-position=left]>*{right:auto!important;left:20px}
#launcher,#frame header,#frame #again{background:var(--parlour-accent,#2f5fd0);color:var(--parlour-on-accent,#fff)}
#launcher{width:56px;height:56px;border-radius:50%;cursor:pointer}
#launcher:focus-visible,#frame button:focus-visible{outline:3px solid;outline-offset:-5px}
#launcher svg{padding:14px;stroke:currentColor;stroke-width:2;stroke-linejoin:round;fill:none}
b:not(:empty){position:absolute;top:-4px;right:-4px;padding:0 7px;border-radius:11px;background:#c8281c;color:#fff;font:700 13px/22px system-ui}
#panel{bottom:88px;width:400px;height:min(680px,100dvh - 108px);border-radius:var(--parlour-radius-l,16px);display:flex;flex-direction:column;overflow:hidden;background:#fff;background:var(--parlour-surface,light-dark(#fff,#17191f));color:var(--parlour-text,light-dark(#1a1d24,#eceef3))}
[hidden]{display:none!important}
[inert]{visibility:hidden!important}
#panel>*{display:contents}
#frame header{display:flex;padding:8px 8px 8px 16px}
#frame h2{flex:1;margin:0;font-size:17px;line-height:44px}
#frame button{all:unset;cursor:pointer;padding:0 14px;line-height:44px;border-radius:10px}
#frame main{flex:1;padding:16px}
#frame textarea{margin:12px;padding:11px 13px;height:24px;border:1px solid #888;border-radius:16px;background:0;font:inherit;color:inherit;resize:none}
@media(width<=480px),(height<=480px){#panel{inset:var(--top,0) 0 auto!important;width:auto;height:var(--height,100dvh);border-radius:0}#launcher[aria-expanded=true]{display:none}}
@media print{#parlour{display:none}}`);

  /* --- helpers --- */

  const make = (tag, attributes, ...children) => {
    const element = /svg|path/.test(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };
  /* Reads, or with a value writes; a browser that forbids storage just forgets. */
  const storage = (area, name, value) => {
    try {
      name = `parlour/${data.site}/${name}`;
      return value == null ? window[area].getItem(name) : window[area].setItem(name, value);
    } catch {}
  };
  /* Only Chinese is told apart by its script: to ask for one takes the browser long. */
  const likely = (tag) => {
    const locale = new Intl.Locale(tag);
    return locale.language == "zh" ? locale.maximize().script : locale.language;
  };
  const pick = (tags) => {
    for (const tag of tags)
      try {
        const found = Object.keys(words).find((known) => likely(known) == likely(tag));
        if (found) return found;
      } catch {}
    return "en";
  };

  /* --- parts --- */

  let language = pick([storage("localStorage", "language"), data.language, ...navigator.languages]);
  let consented = data.consent != "required" || storage("localStorage", "consent");
  let chosen, composed, app, place, loading, starting, running, state, open = false, tries = 0;
  let catalogues = {};

  const badge = make("b");
  const launcher = make(
    "button",
    { id: "launcher", part: "launcher", "aria-expanded": false, "aria-controls": "panel" },
    make("svg", { viewBox: "0 0 24 24" }, make("path", { d: "M4 5h16v11H11l-5 4v-4H4z" })),
    badge,
  );
  const title = make("h2", { id: "title" });
  const close = make("button", {}, "×");
  const status = make("p", { role: "status" });
  const again = make("button", { id: "again" });
  const input = make("textarea", { dir: "auto" });
  const frame = make("div", { id: "frame" }, make("header", {}, title, close), make("main", {}, status, again), input);
  const panel = make("div", { id: "panel", part: "panel", role: "dialog", "aria-labelledby": "title", hidden: "" }, frame);
  const wrapper = make("div", { id: "parlour", "data-position": data.position }, panel, launcher);
  wrapper.style.colorScheme = /^light$|^dark$/.test(data.theme) ? data.theme : "light dark";
  const host = make(name);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = sheets;
  root.append(wrapper);

  /* The frame is loading (4), has failed (5) or asks for consent (7). */
  const dress = (next = state) => {
    const say = words[language];
    state = next;
    wrapper.lang = language;
    wrapper.dir = language == "ar" ? "rtl" : "ltr";
    title.textContent = say[0];
    app || (launcher.ariaLabel = say[1]);
    close.ariaLabel = say[2];
    input.ariaLabel = input.placeholder = say[3];
    status.textContent = say[state];
    again.textContent = state == 7 ? "OK" : say[6];
    again.hidden = state == 4;
    input.hidden = state == 7;
  };

  /* --- bringing the app --- */

  const get = async (address) => {
    const answer = await fetch(address);
    if (answer.ok) return answer;
    throw address;
  };
  const text = async (address) => (await get(address)).text();
  const catalogue = (tag) => (catalogues[tag] ||= text(asset("json", tag + "-")));
  /* Ends with the app drawn; unseen but measured while nobody has opened the panel. */
  const load = () =>
    (loading ||= (async () => {
      const wasm = get(asset("wasm"));
      const [glue] = await Promise.all([
        /* A browser may remember that a module failed; another address asks again. */
        import(asset("js") + (tries ? "?" + tries : "")).then(async (glue) => {
          await glue.default({ module_or_path: wasm });
          return glue;
        }),
        wasm,
        text(asset("css")).then((css) => sheets[1].replaceSync(css)),
        catalogue(language),
      ]);
      const texts = await catalogue(language);
      /* A character that is being composed would be torn. */
      await composed;
      place = make("div");
      const drawn = glue.mount({
        place,
        site: data.site,
        address,
        language,
        languages: navigator.languages,
        chosen,
        catalogue: texts,
        ...calls,
        unread(count, label) {
          launcher.ariaLabel = label;
          if (badge.textContent != (badge.textContent = count || "")) fire("unread", count);
        },
      });
      if (!drawn) throw data.site;
      app = glue;
      if (!starting) {
        panel.replaceChildren(place);
        panel.hidden = false;
        panel.inert = true;
      }
    })());
  const reset = () => {
    if (app) panel.replaceChildren(frame);
    app = loading = starting = 0;
    catalogues = {};
    tries++;
  };

  const start = (focus) =>
    (starting ||= (async () => {
      const loaded = app || load();
      let socket;
      dress(4);
      try {
        /* Opened beside the downloads; the app speaks first on it. */
        socket = new WebSocket(address, "parlour.v1");
        if (!app) {
          await loaded;
          focus = root.activeElement == input;
        }
        app.begin(socket, input);
        running = true;
        place.isConnected || panel.replaceChildren(place);
        if (open) app.opened(focus);
        fire("ready");
      } catch (error) {
        socket?.close();
        reset();
        input.readOnly = false;
        dress(5);
        fire("error", error);
      }
    })());

  const show = async (shown, byUser) => {
    const held = panel.contains(root.activeElement);
    if (open != shown) fire(shown ? "open" : "close");
    open = shown;
    panel.hidden = !open;
    panel.inert = false;
    launcher.ariaExpanded = open;
    if (consented) storage("sessionStorage", "open", open ? 1 : "");
    if (!open) {
      if (held) launcher.focus();
      if (running) app.closed();
    } else if (running) app.opened(byUser);
    else if (consented) {
      const started = start(byUser);
      if (byUser) input.focus();
      return started;
    } else {
      dress(7);
      if (byUser) again.focus();
      fire("consentneeded");
    }
  };

  /* --- events and the page's own calls --- */

  const listeners = {};
  const fire = (name, value) => listeners[name]?.forEach((listen) => queueMicrotask(() => listen(value)));
  const calls = {
    open: () => show(true, navigator.userActivation?.isActive),
    close: () => show(false),
    consent(given) {
      if ((consented = given)) storage("localStorage", "consent", 1);
      return show(given && open, true);
    },
    async setLanguage(tag) {
      tag = pick([tag, language]);
      const texts = app && (await catalogue(tag));
      language = tag;
      chosen = true;
      dress();
      app?.speak(tag, texts);
    },
    on(name, listen) {
      (listeners[name] ||= []).push(listen);
    },
  };

  launcher.onclick = () => show(!open, true);
  close.onclick = calls.close;
  again.onclick = () => (consented ? show(true, true) : calls.consent(true));
  panel.onkeydown = (event) => {
    if (event.key == "Escape" && !event.defaultPrevented && !event.isComposing) show(false);
  };
  input.onkeydown = (event) => {
    if (event.key == "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      /* Sent as it is by the app. */
      input.readOnly = true;
    }
  };
  input.addEventListener("compositionstart", () => {
    composed = new Promise((done) => input.addEventListener("compositionend", done));
  });
  launcher.onpointerenter = launcher.onfocus = () => consented && load().catch(reset);

  /* On a phone the panel fills what the virtual keyboard leaves. */
  const view = visualViewport;
  view.onresize = view.onscroll = () => {
    if (view.scale > 1) return;
    wrapper.style.setProperty("--height", view.height + "px");
    wrapper.style.setProperty("--top", view.offsetTop + "px");
  };

  const begin = () => {
    customElements.define(name, class extends HTMLElement {});
    document.body.append(host);
    const call = async ([name, ...rest]) => calls[name]?.(...rest);
    const earlier = window.Parlour;
    window.Parlour = { push: call };
    for (const name in calls) Parlour[name] = (...rest) => call([name, ...rest]);
    if (Array.isArray(earlier)) earlier.forEach(call);
    if (consented && storage("sessionStorage", "open")) show(true);
  };
  dress(4);
  document.body ? begin() : addEventListener("DOMContentLoaded", begin);
})();
