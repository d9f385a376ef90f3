package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Required.forwarded;
import static dev.gatehouse.conformance.Required.refused;
import static dev.gatehouse.conformance.Required.refusedAndClosed;
import static dev.gatehouse.conformance.Required.turnedAway;
import static dev.gatehouse.conformance.Row.JETTY;
import static dev.gatehouse.conformance.Row.TOMCAT_AND_WILDFLY;
import static dev.gatehouse.conformance.Row.WILDFLY;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.chunked;
import static dev.gatehouse.conformance.Text.head;
import static dev.gatehouse.conformance.Text.smuggled;
import static dev.gatehouse.conformance.Text.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a head is made of (RFC 9112 §2, §3, §5): A11 to A15, A23 and A25. */
final class HeadRows {
  private static final String GET = "GET /a HTTP/1.1";
  private static final String CR_ENDS =
      "Undertow 2.3.23 takes a bare CR for a line end before the WAR sees it";
  private static final String NAMES =
      "Undertow 2.3.23 ends a name at a blank and passes over one before it: what we see is a field";
  private static final String FOLDS = "reads a fold as a blank (RFC 9112 §5.2)";

  private HeadRows() {}

  static Stream<Row> all() {
    List<Row> rows = new ArrayList<>();
    lineEnds(rows);
    fields(rows);
    hosts(rows);
    rows.add(
        Row.of(
            "A23",
            "Expect: 200-ok",
            head("POST /a HTTP/1.1", HOST, "Expect: 200-ok", "Content-Length: 5") + "hello",
            refused(417)));
    versions(rows);
    return rows.stream();
  }

  private static void lineEnds(List<Row> rows) {
    rows.add(
        Row.of(
            "A11",
            "bare LF in the whole head",
            "GET /a HTTP/1.1\n" + HOST + "\n\n",
            refused(400).or(forwarded("/a", ""))));
    rows.add(
        Row.of(
            "A11",
            "bare LF before a field that frames",
            "POST /a HTTP/1.1\r\n"
                + HOST
                + "\r\nX-A: 1\nTransfer-Encoding: chunked\r\n\r\n"
                + chunked("hello"),
            refusedAndClosed(400).or(forwarded("/a", "hello"))));
    rows.add(
        Row.of(
                "A12",
                "bare CR behind the request line",
                GET + "\r" + HOST + "\r\n\r\n",
                refused(400))
            .but(WILDFLY, forwarded("/a", ""), CR_ENDS));
    rows.add(
        Row.of("A12", "bare CR in a value", head(GET, HOST, "X-A: 1\rX-B: 2"), refused(400))
            .but(WILDFLY, forwarded("/a", ""), CR_ENDS));
    rows.add(
        Row.of(
                "A12",
                "bare CR before a field that frames",
                head("POST /a HTTP/1.1", HOST, "X-A: 1\rTransfer-Encoding: chunked")
                    + chunked("hello"),
                refusedAndClosed(400))
            .behind(smuggled())
            .but(WILDFLY, forwarded("/a", "hello"), CR_ENDS));
    rows.add(Row.of("A12", "NUL in a value", head(GET, HOST, "X-A: 1\u00002"), refused(400)));
    rows.add(
        Row.of("A13", "one empty line first", "\r\n" + head(GET, HOST), forwarded("/a", ""))
            .but(WILDFLY, refusedAndClosed(400), "Undertow takes it for the request line"));
    rows.add(
        Row.of(
            "A13",
            "10,000 empty lines first",
            "\r\n".repeat(10_000) + head(GET, HOST),
            turnedAway(400, 431)));
  }

  private static void fields(List<Row> rows) {
    for (String line : List.of("X(1): a", "X\u0001: 1", "X@: 1", "X\"Y\": 1", "=")) {
      String what = "'" + line.replace("\u0001", "SOH") + "'";
      rows.add(Row.of("A14", what, head(GET, HOST, line, "X-After: 1"), refused(400)));
    }
    for (String line : List.of(": x", "X A: 1", "no colon")) {
      rows.add(
          Row.of("A14", "'" + line + "'", head(GET, HOST, line, "X-After: 1"), refused(400))
              .but(WILDFLY, forwarded("/a", ""), NAMES));
    }
    rows.add(
        Row.of("A14", "'X-e with an accent: 1'", head(GET, HOST, utf8("X-é: 1")), refused(400)));
    rows.add(
        Row.of("A14", "a folded value", head(GET, HOST, "X-A: 1\r\n 2"), refused(400))
            .but(TOMCAT_AND_WILDFLY, forwarded("/a", ""), FOLDS));
    rows.add(
        Row.of("A14", "a blank before the first field", head(GET, " X-A: 1", HOST), refused(400))
            .but(WILDFLY, forwarded("/a", ""), NAMES));
  }

  private static void hosts(List<Row> rows) {
    rows.add(Row.of("A15", "no Host", head(GET, "X-A: 1"), refused(400)));
    rows.add(
        Row.of("A15", "an empty Host", head(GET, "Host:"), refused(400).or(forwarded("/a", ""))));
    rows.add(Row.of("A15", "two Hosts", head(GET, HOST, "Host: q.test"), refused(400)));
    rows.add(Row.of("A15", "two equal Hosts", head(GET, HOST, HOST), refused(400)));
    for (String bad :
        List.of(
            "a b",
            "a,b",
            "[::1",
            "::1",
            "a:99999",
            "a:b",
            "a:-1",
            "u@a",
            "a/b",
            "a?b",
            "a#b",
            "a\\b",
            "[g::1]",
            "a%00b",
            "http://a",
            "<a>")) {
      rows.add(Row.of("A15", "Host '" + bad + "'", head(GET, "Host: " + bad), refused(400)));
    }
  }

  private static void versions(List<Row> rows) {
    rows.add(Row.of("A25", "no version", head("GET /a"), turnedAway(400, 505)));
    rows.add(Row.of("A25", "no version, one line", "GET /a\r\n", turnedAway(400, 505)));
    for (String version :
        List.of(
            "HTTP/0.9",
            "HTTP/1.2",
            "HTTP/2.0",
            "HTTP/3",
            "HTTP/1.1.1",
            "HTTP/1",
            "HTTP/01.1",
            "HTTP/1.1x",
            "HTTPS/1.1",
            "HTTP 1.1")) {
      rows.add(Row.of("A25", version, head("GET /a " + version, HOST), turnedAway(400, 426, 505)));
    }
    rows.add(
        Row.of("A25", "http/1.1", head("GET /a http/1.1", HOST), turnedAway(400, 505))
            .but(JETTY, forwarded("/a", ""), "Jetty takes the version in any case for HTTP/1.1"));
    Required lenient = refused(400).or(forwarded("/a", "")); // RFC 9112 §3 allows either
    rows.add(Row.of("A25", "a blank in the target", head("GET /a b HTTP/1.1", HOST), refused(400)));
    rows.add(Row.of("A25", "two blanks", head("GET  /a HTTP/1.1", HOST), lenient));
    rows.add(Row.of("A25", "a tab for a blank", head("GET\t/a HTTP/1.1", HOST), lenient));
  }
}
