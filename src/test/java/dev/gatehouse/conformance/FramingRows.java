package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Required.forwarded;
import static dev.gatehouse.conformance.Required.neverWhole;
import static dev.gatehouse.conformance.Required.refusedAndClosed;
import static dev.gatehouse.conformance.Row.TOMCAT;
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

/** Where a message ends (RFC 9112 §6, §7): A01 to A09, A16 and A24. */
final class FramingRows {
  private static final String BELIEVED =
      "drops the length before we can see it, takes the coding and closes (RFC 9112 §6.1)";
  private static final String UNDERTOW_CHUNKS =
      "Undertow 2.3.23 reads over what stands behind a chunk's size and data, before the WAR";

  private FramingRows() {}

  static Stream<Row> all() {
    List<Row> rows = new ArrayList<>();
    both(rows);
    lengths(rows);
    codings(rows);
    chunkSizes(rows);
    rows.add(
        Row.of(
                "A16",
                "a POST and a GET in one segment",
                post("Content-Length: 3") + "abc" + head("GET /b HTTP/1.1", HOST),
                new Required(
                    "two requests, two answers in order",
                    observed ->
                        observed.replies().stream()
                                .map(reply -> reply.text())
                                .toList()
                                .equals(List.of("POST /a", "GET /b"))
                            && observed.seen().stream()
                                .map(seen -> seen.target() + seen.body().text())
                                .toList()
                                .equals(List.of("/aabc", "/b"))))
            .with(2));
    for (String connection : List.of("keep-alive", "close")) {
      rows.add(
          Row.of(
                  "A24",
                  "Transfer-Encoding in HTTP/1.0, Connection: " + connection,
                  head(
                          "POST /a HTTP/1.0",
                          HOST,
                          "Transfer-Encoding: chunked",
                          "Connection: " + connection)
                      + chunked("hello"),
                  refusedAndClosed(400))
              .behind(smuggled()));
    }
    return rows.stream();
  }

  /** A length and a coding: an attack, even where the coding is believed (§6.1). */
  private static void both(List<Row> rows) {
    String two = "Content-Length: %d\r\nTransfer-Encoding: chunked";
    String gpost = "GPOST /smuggled HTTP/1.1\r\n" + HOST + "\r\n\r\nx=1";
    rows.add(
        Row.of(
                "A01",
                "TE.CL: a request within a chunk",
                post(two.formatted(4)) + chunked(gpost),
                refusedAndClosed(400))
            .but(TOMCAT, believed(gpost), BELIEVED));
    rows.add(
        Row.of(
                "A01",
                "TE.CL: the coding comes first",
                post("Transfer-Encoding: chunked", "Content-Length: 4") + chunked(smuggled()),
                refusedAndClosed(400))
            .but(TOMCAT, believed(smuggled()), BELIEVED));
    rows.add(
        Row.of(
            "A02",
            "CL.TE: a letter behind the last chunk",
            post(two.formatted(6)) + "0\r\n\r\nG" + head("GET /smuggled-too HTTP/1.1", HOST),
            refusedAndClosed(400).or(forwarded("/a", "").and("closed", Observed::isClosed))));
    rows.add(
        Row.of(
                "A02",
                "CL.TE: a request behind the last chunk",
                post(two.formatted(5 + smuggled().length())) + "0\r\n\r\n",
                refusedAndClosed(400).or(forwarded("/a", "").and("closed", Observed::isClosed)))
            .behind(smuggled()));
  }

  private static Required believed(String body) {
    return forwarded("/a", body).and("closed", Observed::isClosed);
  }

  private static void lengths(List<Row> rows) {
    String five = "Content-Length: 5";
    Required once = refusedAndClosed(400).or(forwarded("/a", "hello"));
    rows.add(Row.of("A03", "two equal lengths", post(five, five) + "hello", once));
    rows.add(Row.of("A03", "a list of equal lengths", post(five + ", 5") + "hello", once));
    String six = "Content-Length: 6";
    Required refused = refusedAndClosed(400);
    rows.add(Row.of("A04", "5, then 6", post(five, six) + "hello", refused).behind(smuggled()));
    rows.add(Row.of("A04", "6, then 5", post(six, five) + "hello", refused).behind(smuggled()));
    rows.add(
        Row.of("A04", "a list of two", post(five + ", 6") + "hello", refused).behind(smuggled()));
    for (String bad :
        List.of(
            "-1",
            "+5",
            "5 5",
            "1e1",
            "0x5",
            "5;",
            "5,",
            "5.0",
            "\"5\"",
            "a",
            utf8("٥"),
            "",
            "99999999999999999999",
            "18446744073709551621")) {
      String what = "Content-Length '" + (bad.equals(utf8("٥")) ? "Arabic five" : bad) + "'";
      rows.add(
          Row.of("A05", what, post("Content-Length: " + bad) + "hello", refused)
              .behind(smuggled()));
    }
  }

  private static void codings(List<Row> rows) {
    for (String bad :
        List.of(
            "identity",
            "chunked, chunked",
            "gzip",
            "gzip, chunked",
            "chunked, gzip",
            "chunked, identity",
            "xchunked",
            "chunked;q=1",
            "\"chunked\"",
            "chunked\u000b",
            "")) {
      String what = "Transfer-Encoding '" + bad.replace("\u000b", "VT") + "'";
      rows.add(
          Row.of(
                  "A06",
                  what,
                  post("Transfer-Encoding: " + bad) + chunked("hello"),
                  refusedAndClosed(400, 501))
              .behind(smuggled()));
    }
    rows.add(
        Row.of(
                "A06",
                "two lines: chunked, chunked",
                post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + chunked("hello"),
                refusedAndClosed(400, 501))
            .behind(smuggled()));
    rows.add(
        Row.of(
                "A06",
                "two lines: chunked, identity",
                post("Transfer-Encoding: chunked", "Transfer-Encoding: identity")
                    + chunked("hello"),
                refusedAndClosed(400, 501))
            .behind(smuggled()));
    for (String line :
        List.of(
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\t: chunked",
            "Transfer-Encoding\u0000: chunked")) {
      String what = line.replace("\t", "TAB").replace("\u0000", "NUL");
      String request = post("X-Before: 1", line, "Content-Length: 4") + chunked(smuggled());
      rows.add(Row.of("A07", "'" + what + "'", request, refusedAndClosed(400)));
    }
    rows.add(
        Row.of(
            "A07",
            "the value on a folded line",
            post("Transfer-Encoding:\r\n chunked", "Content-Length: 4") + chunked(smuggled()),
            refusedAndClosed(400, 501)));
    rows.add(
        Row.of(
                "A07",
                "the field on a folded line",
                post("X-Before: 1", " Transfer-Encoding: chunked", "Content-Length: 5") + "hello",
                refusedAndClosed(400))
            .behind(smuggled())
            .but(
                TOMCAT_AND_WILDFLY,
                forwarded("/a", "hello"),
                "reads a fold as a blank (RFC 9112 §5.2): a value that frames nothing"));
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY")) {
      rows.add(
          Row.of(
              "A08",
              method + " with a request in its chunked body",
              post("Transfer-Encoding: chunked").replace("POST", method) + chunked(smuggled()),
              forwarded("/a", smuggled())));
    }
    rows.add(
        Row.of(
            "A08",
            "transfer-encoding: CHUNKED",
            post("transfer-encoding: CHUNKED") + chunked("hello"),
            forwarded("/a", "hello")));
  }

  private static void chunkSizes(List<Row> rows) {
    for (String size : List.of("+5", " 5", "-1", "", "g", "0x5", "10000000000000005")) {
      rows.add(
          chunks("chunk size '" + size.replace("\t", "TAB") + "'", size + "\r\nhello\r\n", ""));
    }
    for (String size : List.of("5 ", "5\t", "5 5")) {
      rows.add(
          chunks(
              "chunk size '" + size.replace("\t", "TAB") + "'", size + "\r\nhello\r\n", "hello"));
    }
    rows.add(chunks("a line end of a bare LF", "5\nhello\r\n", "hello"));
    rows.add(chunks("more data than the size says", "5\r\nhelloworld\r\n", "hello"));
    rows.add(chunks("an extension with a bare LF in it", "5;a\nx\r\nhello\r\n", "x\r\nhe"));
  }

  /** Chunks that are none, and what Undertow makes of them; nothing if they are too much for it. */
  private static Row chunks(String what, String bad, String undertow) {
    Row row =
        Row.of("A09", what, post("Transfer-Encoding: chunked") + bad + "0\r\n\r\n", neverWhole())
            .behind(smuggled());
    return undertow.isEmpty() ? row : row.but(WILDFLY, forwarded("/a", undertow), UNDERTOW_CHUNKS);
  }

  private static String post(String... lines) {
    List<String> all = new ArrayList<>(List.of("POST /a HTTP/1.1", HOST));
    all.addAll(List.of(lines));
    return head(all.toArray(String[]::new));
  }
}
