package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Script;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Area B: URLs and cookies of a backend that lies below a path and is shown at our root. */
final class Mappings {
  /** The backend's base path. */
  static final String BASE = "/inner";

  private static final String INJECTION = "%0d%0aX-Injected:%201";

  private Mappings() {}

  static Stream<Case> rows(URI backend) {
    String own = backend + BASE;
    return Stream.of(urls(backend, own), refreshes(own), cookies()).flatMap(List::stream);
  }

  private static List<Case> urls(URI backend, String own) {
    return List.of(
        location(own + "/x?y=1#z", "http://localhost/x?y=1#z"),
        location(own + "/", "http://localhost/"),
        location(own + "/x" + INJECTION, "http://localhost/x" + INJECTION),
        location("next?x=1", "next?x=1"),
        location("?x=1", "?x=1"),
        location("//evil.example/x", "//evil.example/x"),
        location("http://evil.example/inner/x", "http://evil.example/inner/x"),
        location(own + "side", own + "side"),
        location(backend + ".evil.example/inner/", backend + ".evil.example/inner/"),
        location(backend + "@evil.example/inner/", backend + "@evil.example/inner/"),
        location("/x" + INJECTION, "/x" + INJECTION),
        mapped("Content-Location", own + "/x", "http://localhost/x"),
        mapped("Content-Location", "http://evil.example/x", "http://evil.example/x"));
  }

  private static Case location(String from, String to) {
    return mapped("Location", from, to);
  }

  private static Case mapped(String field, String from, String to) {
    String words = withoutPort(field + ": " + from);
    return Case.of("B09", words)
        .answered(Script.ofStatus(302, field + ": " + from))
        .must(
            from.equals(to) ? "is left alone" : "becomes " + to,
            o -> {
              assertThat(o.reply().status()).isEqualTo(302);
              assertThat(o.reply().headers(field)).containsExactly(to);
              assertThat(o.reply().header("X-Injected")).isEmpty();
            });
  }

  private static List<Case> refreshes(String own) {
    return List.of(
        mapped("Refresh", "5; url=" + own + "/x", "5; url=http://localhost/x"),
        mapped("Refresh", "5", "5"),
        mapped("Refresh", "0; url=http://evil.example/", "0; url=http://evil.example/"));
  }

  private static List<Case> cookies() {
    String attributes =
        "SameSite=None; Secure; HttpOnly; Partitioned; Priority=High;"
            + " Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=60; X-New=\"a, b\"";
    return List.of(
        cookie("s=\"a, b\"; Path=/inner/x; " + attributes, "s=\"a, b\"; Path=/x; " + attributes),
        cookie("s=1; " + attributes + "; path=/inner", "s=1; " + attributes + "; path=/"),
        cookie("s=1; Path=/innermost; Secure", "s=1; Path=/innermost; Secure"),
        cookie("s=Path=/inner; HttpOnly", "s=Path=/inner; HttpOnly"),
        cookie("s=1", "s=1"),
        Case.of("B10", "Set-Cookie with Domain=127.0.0.1 and all attributes")
            .answered(
                Script.ofStatus(
                    200, "Set-Cookie: s=\"1\"; Domain=127.0.0.1; " + attributes, "Set-Cookie: t=2"))
            .must(
                "does not name the backend; all else is byte for byte",
                o -> {
                  List<String> all = o.reply().headers("Set-Cookie");
                  assertThat(all).hasSize(2);
                  assertThat(all.get(0)).doesNotContain("127.0.0.1");
                  assertThat(all.get(0).replaceFirst("; Domain=localhost", ""))
                      .isEqualTo("s=\"1\"; " + attributes);
                  assertThat(all.get(1)).isEqualTo("t=2");
                }));
  }

  private static Case cookie(String from, String to) {
    return Case.of("B10", "Set-Cookie: " + from)
        .answered(Script.ofStatus(200, "Set-Cookie: " + from, "Set-Cookie: other=1"))
        .must(
            from.equals(to) ? "is left alone" : "becomes " + to,
            o -> assertThat(o.reply().headers("Set-Cookie")).containsExactly(to, "other=1"));
  }

  /** So that a row has the same name in each run. */
  private static String withoutPort(String text) {
    return text.replaceFirst("127\\.0\\.0\\.1:\\d+", "backend");
  }
}
