package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** Area D: interim answers, and answers that have no body whatever the backend sends. */
final class Bodiless {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

  private Bodiless() {}

  static Stream<Case> rows() {
    return Stream.of(interim(), bodiless()).flatMap(List::stream);
  }

  private static List<Case> interim() {
    return List.of(
        Case.of("D09", "a thousand 1xx before the answer")
            .answered("HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000) + OK)
            .must("the answer arrives", o -> o.isAnswered(200, "ok")),
        Case.of("D09", "a thousand 103 with fields before the answer")
            .answered("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(1_000) + OK)
            .must("the answer arrives", o -> o.isAnswered(200, "ok")),
        Case.of("D09", "100 that nobody asked for")
            .answered("HTTP/1.1 100 Continue\r\n\r\n" + OK)
            .must("the answer arrives", o -> o.isAnswered(200, "ok")),
        Case.of("D09", "101 that nobody asked for")
            .answered(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
                    + OK)
            .must(
                "is a 502; the connection is dropped",
                o -> {
                  o.isRefused(502);
                  o.backendConnectionIsDropped();
                }),
        Case.of("D09", "101 after an upgrade that was not passed on")
            .lines("Connection: Upgrade", "Upgrade: x/1")
            .answered(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x/1\r\nConnection: upgrade\r\n\r\n")
            .must(
                "is a 502; the connection is dropped",
                o -> {
                  o.isRefused(502);
                  o.backendConnectionIsDropped();
                }));
  }

  private static List<Case> bodiless() {
    return List.of(
        dirty("204 with a length and a body", "204 No", "Content-Length: 5\r\n\r\nhello", 204),
        dirty("204 with chunks", "204 No", "Transfer-Encoding: chunked\r\n\r\n" + chunks(), 204),
        dirty("304 with a length and a body", "304 No", "Content-Length: 5\r\n\r\nhello", 304),
        dirty("204 with another answer behind it", "204 No", "\r\n" + POISON, 204),
        dirty("304 with another answer behind it", "304 No", "\r\n" + POISON, 304),
        dirty("205 with a length and a body", "205 No", "Content-Length: 5\r\n\r\nhello", 205),
        dirty("205 with chunks", "205 No", "Transfer-Encoding: chunked\r\n\r\n" + chunks(), 205),
        head("HEAD answered with its length and a body", "Content-Length: 5\r\n\r\nhello"),
        head("HEAD answered with chunks", "Transfer-Encoding: chunked\r\n\r\n" + chunks()),
        head("HEAD answered with another answer behind it", "Content-Length: 5\r\n\r\n" + POISON));
  }

  private static Case dirty(String what, String statusLine, String rest, int status) {
    Case row = Case.of("D14", what).answered("HTTP/1.1 " + statusLine + "\r\n" + rest);
    return row.must(
        status == 205
            ? "no body for the client"
            : "no body for the client; the connection is dropped",
        o -> {
          o.isAnswered(status, "");
          o.connectionGoesOn();
          o.othersGetTheirAnswers();
          if (status != 205) { // of which the body is read and thrown away
            o.backendConnectionIsDropped();
          }
        });
  }

  private static Case head(String what, String rest) {
    return Case.of("D14", what)
        .method("HEAD")
        .answered("HTTP/1.1 200 OK\r\n" + rest)
        .must(
            "no body for the client; the connection is dropped",
            o -> {
              assertThat(o.reply().status()).isEqualTo(200);
              o.connectionGoesOn();
              o.othersGetTheirAnswers();
              o.backendConnectionIsDropped();
            });
  }

  private static String chunks() {
    return "5\r\nhello\r\n0\r\n\r\n";
  }
}
