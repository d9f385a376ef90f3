package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.List;
import java.util.stream.Stream;

/** Area B, from the backend to the client. */
final class ResponseFields {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String BODY = "Content-Length: 2\r\n\r\nok";
  private static final String DATE = "Wed, 21 Oct 2015 07:28:00 GMT";
  private static final String COOKIE =
      "s=\"a, b\"; Path=/x/; Domain=127.0.0.1; SameSite=None; Secure; HttpOnly; Partitioned;"
          + " Priority=High; Expires=Wed, 21 Oct 2026 07:28:00 GMT";

  private ResponseFields() {}

  static Stream<Case> rows() {
    return Stream.of(hops(), values(), own(), reasons()).flatMap(List::stream);
  }

  private static List<Case> hops() {
    return List.of(
        Case.of("B03", "the backend's Connection names Set-Cookie and ETag")
            .answered(
                OK
                    + "Connection: Set-Cookie, ETag\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n"
                    + "ETag: \"x\"\r\nX-Kept: 1\r\n"
                    + BODY)
            .must(
                "both are taken off, others are not",
                o -> {
                  o.isAnswered(200, "ok");
                  assertThat(o.reply().headers("Set-Cookie")).isEmpty();
                  assertThat(o.reply().headers("ETag")).isEmpty();
                  assertThat(o.reply().headers("X-Kept")).containsExactly("1");
                }),
        Case.of("B04", "the backend's hop-by-hop fields")
            .answered(
                OK
                    + "Proxy-Authenticate: Basic\r\nProxy-Authorization: x\r\nTrailer: X-Sum\r\n"
                    + "Upgrade: x/1\r\nKeep-Alive: timeout=4711\r\nTE: x\r\n"
                    + "Proxy-Connection: close\r\n"
                    + BODY)
            .must(
                "are not passed on",
                o -> {
                  o.isAnswered(200, "ok");
                  for (String name :
                      List.of(
                          "Proxy-Authenticate",
                          "Proxy-Authorization",
                          "Trailer",
                          "Upgrade",
                          "TE",
                          "Proxy-Connection")) {
                    assertThat(o.reply().header(name)).as(name).isEmpty();
                  }
                  assertThat(o.reply().headers("Keep-Alive")).doesNotContain("timeout=4711");
                }));
  }

  private static List<Case> values() {
    return List.of(
        Case.of("B10", "a Set-Cookie, with rewriting off")
            .answered(OK + "Set-Cookie: " + COOKIE + "\r\nSet-Cookie: t=\r\n" + BODY)
            .must(
                "arrives byte for byte",
                o -> assertThat(o.reply().headers("Set-Cookie")).containsExactly(COOKIE, "t=")),
        manyFields(80),
        manyFields(200),
        Case.of("B11", "a backend's value of all bytes from 0x80 to 0xFF")
            .answered(OK + "X-Obs: a" + Bytes8.OBS_TEXT + "z\r\n" + BODY)
            .must(
                "arrives byte for byte",
                o ->
                    assertThat(o.reply().headers("X-Obs"))
                        .containsExactly("a" + Bytes8.OBS_TEXT + "z")));
  }

  /** Lines of 40 bytes with their ends; every fourth has the same name. */
  private static Case manyFields(int count) {
    List<String> lines = Bytes8.lines(count);
    return Case.of("B11", count + " fields of 40 bytes from the backend")
        .answered(OK + String.join("\r\n", lines) + "\r\n" + BODY)
        .must(
            "arrive in order and byte for byte",
            o -> {
              o.isAnswered(200, "ok");
              assertThat(Bytes8.comparable(o.reply().headerLines()))
                  .isEqualTo(Bytes8.comparable(lines));
              assertThat(o.reply().headers("X-Many")).isEqualTo(Bytes8.values(lines, "X-Many"));
            });
  }

  private static List<Case> own() {
    return List.of(
        Case.of("B14", "a backend without Date and with a Server")
            .answered(OK + "Server: inner/1\r\n" + BODY)
            .must(
                "Date is added, Server is the backend's",
                o -> {
                  assertThat(o.reply().headers("Date")).hasSize(1);
                  assertThat(o.reply().headers("Server")).containsExactly("inner/1");
                }),
        Case.of("B14", "a backend with a Date of long ago")
            .answered(OK + "Date: " + DATE + "\r\n" + BODY)
            .must(
                "Date is the backend's", // RFC 9110 §6.6.1
                o -> assertThat(o.reply().headers("Date")).containsExactly(DATE)),
        Case.of("B14", "HEAD answered with a length")
            .method("HEAD")
            .answered(OK + "Content-Length: 1234\r\n\r\n")
            .must(
                "has that length",
                o -> {
                  assertThat(o.reply().status()).isEqualTo(200);
                  assertThat(o.reply().headers("Content-Length")).containsExactly("1234");
                  o.connectionGoesOn();
                }),
        Case.of("B14", "304 with a length")
            .lines("If-None-Match: \"x\"")
            .answered("HTTP/1.1 304 No\r\nETag: \"x\"\r\nContent-Length: 1234\r\n\r\n")
            .must(
                "has that length, or none, and never another",
                o -> {
                  assertThat(o.reply().status()).isEqualTo(304);
                  assertThat(o.reply().headers("ETag")).containsExactly("\"x\"");
                  Reply reply = o.reply();
                  assertThat(reply.header("Content-Length").orElse("1234")).isEqualTo("1234");
                  o.connectionGoesOn();
                }));
  }

  private static List<Case> reasons() {
    return Stream.of("<script>alert(1)</script>", "caf\u00e9 \u0080\u00ff", "")
        .map(
            reason ->
                Case.of("B16", "the reason phrase '" + printable(reason) + "'")
                    .answered(
                        Script.raw("HTTP/1.1 500 " + reason + "\r\nContent-Length: 4\r\n\r\nbody"))
                    .must(
                        "is in no page of ours; the body is the backend's",
                        o -> {
                          o.isAnswered(500, "body");
                          assertThat(o.reply().headers("Content-Type")).isEmpty();
                        }))
        .toList();
  }

  private static String printable(String text) {
    return text.chars().allMatch(c -> c < 0x80) ? text : "of 8-bit characters";
  }
}
