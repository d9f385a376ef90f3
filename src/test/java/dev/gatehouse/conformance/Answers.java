package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Area D: answers that are odd, wrong or hostile from their first byte on. */
final class Answers {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String POISON = OK + "Content-Length: 6\r\n\r\npoison";
  private static final String GZIPPED = gzipped(100_000_000);

  private Answers() {}

  static Stream<Case> rows() {
    return Stream.of(lengths(), codings(), statusLines(), heads(), bodies()).flatMap(List::stream);
  }

  private static List<Case> lengths() {
    CountDownLatch late = new CountDownLatch(1);
    return List.of(
        Case.of("D05", "Content-Length: 5, but a whole other answer follows the five bytes")
            .answered(OK + "Content-Length: 5\r\n\r\nhello" + POISON)
            .must("five bytes, and the connection is dropped", Answers::isHelloOnce),
        Case.of("D05", "Content-Length: 5, but five more bytes follow")
            .answered(OK + "Content-Length: 5\r\n\r\nhelloworld")
            .must("five bytes, and the connection is dropped", Answers::isHelloOnce),
        Case.of("D05", "Content-Length: 0, but a whole other answer follows")
            .answered(OK + "Content-Length: 0\r\n\r\n" + POISON)
            .must(
                "no byte, and the connection is dropped",
                o -> {
                  o.isAnswered(200, "");
                  o.othersGetTheirAnswers();
                  o.backendConnectionIsDropped();
                }),
        Case.of("D05", "a whole answer follows when the first has been delivered")
            .answered(Script.raw(OK + "Content-Length: 5\r\n\r\nhello").pause(late).send(POISON))
            .must(
                "is nobody's, and the connection is dropped",
                o -> {
                  o.isAnswered(200, "hello");
                  late.countDown();
                  isHelloOnce(o);
                }),
        Case.of("D06", "Content-Length: 5, 5")
            .answered(OK + "Content-Length: 5, 5\r\n\r\nhello")
            .must("one 5, or a 502", Answers::isHelloOrRefused),
        Case.of("D06", "Content-Length: 5 twice")
            .answered(OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")
            .must("one 5, or a 502", Answers::isHelloOrRefused),
        badLength("5, 7"),
        badLength("5\r\nContent-Length: 7"),
        badLength("-5"),
        badLength("abc"),
        badLength("+5"),
        badLength("5 5"),
        badLength("0x5"),
        badLength("5;"),
        badLength(""),
        badLength("99999999999999999999"));
  }

  private static Case badLength(String value) {
    return Case.of("D06", "Content-Length: " + value.replace("\r\n", " and "))
        .answered(Script.raw(OK + "Content-Length: " + value + "\r\n\r\nhello").fin())
        .must("is a 502", o -> o.isRefused(502));
  }

  private static List<Case> codings() {
    return List.of(
        coding("gzip, chunked"),
        coding("chunked, gzip"),
        coding("chunked, chunked"),
        coding("identity"),
        coding("xchunked"),
        Case.of("D07", "Transfer-Encoding: chunked and Content-Length: 3")
            .answered(
                OK
                    + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n0\r\n\r\n"
                    + POISON)
            .must(
                "the chunks, or a 502; the connection is dropped", // RFC 9112 §6.3
                o -> {
                  isHelloOrRefused(o);
                  o.backendConnectionIsDropped();
                }),
        Case.of("D07", "Transfer-Encoding: chunked in HTTP/1.0")
            .answered(
                Script.raw(
                        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n0\r\n\r\n")
                    .fin())
            .must("the chunks, or a 502", Answers::isHelloOrRefused));
  }

  private static Case coding(String coding) {
    return Case.of("D07", "Transfer-Encoding: " + coding + ", never asked for")
        .answered(
            Script.raw(
                    OK
                        + "Transfer-Encoding: "
                        + coding
                        + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                        + POISON)
                .fin())
        .must(
            "is a 502 or broken off",
            o -> {
              assertThat(o.reply().status() == 502 || !o.reply().isWhole()).isTrue();
              o.othersGetTheirAnswers();
            });
  }

  private static List<Case> statusLines() {
    return Stream.of(
            "HTTP/1.1 600 Odd",
            "HTTP/1.1 999 Odd",
            "HTTP/1.1 1000 Odd",
            "HTTP/1.1 099 Odd",
            "HTTP/1.1 20 OK",
            "HTTP/1.1 2000 OK",
            "HTTP/1.1 +200 OK",
            "HTTP/1.1 -200 OK",
            "HTTP/1.1 OK",
            "HTTP/2 200",
            "HTTP/2.0 200 OK",
            "HTTP/0.9 200 OK",
            "HTTP/1.10 200 OK",
            "http/1.1 200 OK",
            "ICY 200 OK",
            "<html>")
        .map(
            line ->
                Case.of("D10", line)
                    .answered(Script.raw(line + "\r\nContent-Length: 5\r\n\r\nhello").fin())
                    .must("is a 502", o -> o.isRefused(502)))
        .toList();
  }

  private static List<Case> heads() {
    String thousands =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "X-" + i + ": 1\r\n")
            .collect(Collectors.joining());
    return List.of(
        large("a head of 1 MB", ("X: " + "x".repeat(1_000) + "\r\n").repeat(1_000)),
        large("10,000 fields", thousands),
        large("a value of 64 kB", "X-Long: " + "x".repeat(64_000) + "\r\n"),
        large("a name of 64 kB", "x".repeat(64_000) + ": 1\r\n"),
        badField("a name with a blank", "X A: 1"),
        badField("a blank before the colon", "Content-Length : 5"),
        badField("a line without colon", "nothing"),
        badField("an empty name", ": x"),
        badField("a NUL in a value", "X-A: a\0b"));
  }

  private static Case badField(String what, String line) {
    return Case.of("D11", what + " in the backend's head")
        .answered(Script.raw(OK + line + "\r\nContent-Length: 5\r\n\r\nhello").fin())
        .must(
            "is a 502, or passed on without it",
            o -> {
              if (o.reply().status() != 502) {
                o.isAnswered(200, "hello");
                assertThat(o.reply().headerLines()).doesNotContain(line);
              }
              o.othersGetTheirAnswers();
            });
  }

  private static Case large(String what, String fields) {
    return Case.of("D11", what + " from the backend")
        .answered(Script.raw(OK + fields + "Content-Length: 5\r\n\r\nhello"))
        .must(
            "is a 502; the connection is dropped, the proxy goes on",
            o -> {
              o.isRefused(502);
              o.backendConnectionIsDropped();
            });
  }

  private static List<Case> bodies() {
    return List.of(
        Case.of("D12", "100 MB in 100 kB of gzip, for a client that takes identity only")
            .lines("Accept-Encoding: identity")
            .answered(
                Script.raw(
                    OK
                        + "Content-Encoding: gzip\r\nContent-Length: "
                        + GZIPPED.length()
                        + "\r\n\r\n"
                        + GZIPPED))
            .must(
                "is never inflated by us",
                o -> {
                  assertThat(o.reply().status()).isEqualTo(200);
                  assertThat(o.reply().isWhole()).isTrue();
                  assertThat(o.reply().headers("Content-Encoding")).containsExactly("gzip");
                  assertThat(o.reply().body().first()).isEqualTo(GZIPPED.getBytes(ISO_8859_1));
                }),
        Case.of("D13", "the answer comes in the middle of the upload, and the backend stays")
            .post("0123456789", "Content-Length: 100000")
            .answered(Script.ok("early").beforeBody())
            .must(
                "it is relayed, the connection dropped",
                o -> {
                  o.isAnswered(200, "early");
                  o.backendConnectionIsDropped();
                  o.othersGetTheirAnswers();
                }),
        Case.of("D13", "the same with a chunked upload")
            .post("a\r\n0123456789\r\n", "Transfer-Encoding: chunked")
            .answered(Script.ok("early").beforeBody())
            .must(
                "it is relayed, the connection dropped",
                o -> {
                  o.isAnswered(200, "early");
                  o.backendConnectionIsDropped();
                  o.othersGetTheirAnswers();
                }));
  }

  private static void isHelloOnce(Outcome o) throws Exception {
    o.isAnswered(200, "hello");
    o.connectionGoesOn();
    o.othersGetTheirAnswers();
    o.backendConnectionIsDropped();
  }

  private static void isHelloOrRefused(Outcome o) throws Exception {
    if (o.reply().status() != 502) {
      o.isAnswered(200, "hello");
      assertThat(
              o.reply().headers("Content-Length").size()
                  + o.reply().headers("Transfer-Encoding").size())
          .as("one framing")
          .isEqualTo(1);
    }
    o.othersGetTheirAnswers();
  }

  /** So many zeros, one char for each byte. */
  private static String gzipped(int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1_000_000];
      for (int i = 0; i < length / zeros.length; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(ISO_8859_1);
  }
}
