// Texts that have broken chat programs before. Every one must arrive as it was written.

/** Ordinary and less ordinary texts, each a message. */
export const texts: string[] = [
  "Hello",
  "¿Dónde está mi pedido nº 7?",
  "我的订单在哪里？",
  "أين طلبي رقم ٧؟",
  "שלום (123) abc",
  "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇪🇸 1️⃣",
  "e\u0301 ≠ é, ﬁ, Å",
  "first line\nsecond line\n\nfourth line",
  "  two blanks at both ends  ",
  "tab\there",
  "<b>bold</b> &amp; &lt;i&gt;",
  "{{name}} {name} ${name} %s %d {0}",
  "\\n is no line break, \"quotes\" and 'others'",
  "*stars* _lines_ `ticks` [link](https://example.com) # heading",
  "a\u202Eevil\u202Cb",
  "a\u200Bb\u200Dc\uFEFFd",
  "null",
  "undefined",
  "-0",
  "'; DROP TABLE messages; --",
  "W".repeat(300),
];

/** Texts that must never become anything but text. */
export const attacks: string[] = [
  "<script>window.hacked = true</script>",
  "<img src=x onerror=\"window.hacked = true\">",
  "<svg onload=window.hacked=true>",
  "\"><iframe srcdoc=\"<script>parent.hacked = true</script>\">",
  "javascript:window.hacked=true",
  "https://example.com/\"onmouseover=\"window.hacked=true",
  "data:text/html,<script>window.hacked=true</script>",
  "JaVaScRiPt:alert(1) vbscript:x",
  "{{constructor.constructor('window.hacked = true')()}}",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hacked=true>",
  "</textarea><script>window.hacked = true</script>",
  "\u202Etpircs\u202C<script>",
];
