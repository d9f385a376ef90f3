package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawHeadTest {
  private static final String[] PIECES = {
    "Content-Length",
    "content-LENGTH",
    ":",
    " ",
    "\t",
    ",",
    ",",
    "5",
    "5",
    "55",
    "\r",
    "\n",
    "\r\n",
    "\r\n",
    "X: 1",
    "",
    "-",
    "\u00e9"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {"", "H", "HTTP/", "HTTP/1.", "HTTP/1.1 200", "\r\nHTTP/1.0", "\n\r", "\n"})
  void anHttp1ResponseIsKnownByItsFirstBytesAsFarAsTheyGo(String bytes) {
    assertThat(RawHead.isHttp1(buffer(bytes))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"h", "http/1.1 200", "HTTP/2 200", "HTTP/2.0 200", " HTTP/1.1", "SSH-2.0"})
  void othersAreNot(String bytes) {
    assertThat(RawHead.isHttp1(buffer(bytes))).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "'Content-Length: 5, 5'; 'Content-Length: 5   '",
        "'content-length:5,5'; 'content-length:5  '",
        "'CONTENT-LENGTH: 12 ,\t12,12 '; 'CONTENT-LENGTH: 12         '",
      })
  @DisplayName("RFC 9110 §8.6: the same length again and again is one")
  void aRepeatedLengthBecomesOneOfTheSameWidth(String line, String expected) {
    String head = "HTTP/1.1 200 OK\r\nA: b\r\n%s\r\nC: d\r\n\r\nbody";
    assertThat(joined(head.formatted(line))).isEqualTo(head.formatted(expected));
    String bare = "HTTP/1.1 200 OK\n%s\n\nbody";
    assertThat(joined(bare.formatted(line))).isEqualTo(bare.formatted(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5",
        "Content-Length: 5, 7",
        "Content-Length: 5, 5, 7",
        "Content-Length: 5, 05",
        "Content-Length: 5, -5",
        "Content-Length: 5,",
        "Content-Length: ,5",
        "Content-Length: , ",
        "Content-Length: 5, 5 5",
        "Content-Length: 5, 5;",
        "Content-Length : 5, 5",
        "X-Content-Length: 5, 5",
        "Content-Lengths: 5, 5",
        "Content",
      })
  void otherLinesAreLeftToTheParser(String line) {
    String head = "HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n";
    assertThat(joined(head)).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nContent-Length: 5, 5\r\n",
        "HTTP/1.1 200 OK\n\nContent-Length: 5, 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5",
      })
  void neitherABodyNorHalfALineIsTouched(String bytes) {
    assertThat(joined(bytes)).isEqualTo(bytes);
  }

  @Test
  @DisplayName("property: only repetitions of a length turn into blanks")
  void whateverComesNothingElseChanges() {
    Random random = new Random(20261123);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder("HTTP/1.1 200\r\n");
      for (int left = random.nextInt(30); left > 0; left--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String before = text.toString();
      String after = joined(before);
      assertThat(after).hasSameSizeAs(before);
      for (int at = 0; at < before.length(); at++) {
        if (after.charAt(at) != before.charAt(at)) {
          assertThat(after.charAt(at)).isEqualTo(' ');
          assertThat(",5\t").as(before).contains(String.valueOf(before.charAt(at)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: QWERTY\r\nC: d\r\n\r\nbody",
        "HTTP/1.1 200 OK\nTransfer-Encoding:QWERTY\n\nTransfer-Encoding: gzip\n",
        "HTTP/1.1 599 OK\r\nTransfer-Encoding:\t qwertyz \r\n\r\n",
      })
  @DisplayName("RFC 9112 §6.3 item 4: a coding that nobody knows is hidden from the parser")
  void aCodingThatNobodyKnowsIsHidden(String head) {
    String line = "Transfer-Encoding:";
    int at = head.indexOf(line);
    assertThat(hidden(head))
        .isEqualTo(head.substring(0, at) + 'X' + head.substring(at + 1))
        .contains(RawHead.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: CHUNKED",
        "Transfer-Encoding: qwerty, chunked",
        "Transfer-Encoding: qwerty, asdf",
        "Transfer-Encoding: qwerty;q=1",
        "Transfer-Encoding: \"qwerty\"",
        "Transfer-Encoding: qwerty asdf",
        "Transfer-Encoding: \u000bqwerty",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: X-GZip",
        "Transfer-Encoding: deflate",
        "Transfer-Encoding: compress",
        "Transfer-Encoding: br",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: zstd",
        "Transfer-Encoding: pack200-gzip",
        "Transfer-Encoding: qwerty.1",
        "Transfer-Encoding: x-snappy",
        "Transfer-Encoding: BZIP2",
        "Transfer-Encoding:",
        "Transfer-Encoding : qwerty",
        "Transfer-Encoding: qwerty\r\nTransfer-Encoding: qwerty",
        "Transfer-Encoding: qwerty\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: qwerty",
        "Transfer-Encoding: qwerty\r\nContent-Length: 4",
        "Content-Length: 4\r\nTransfer-Encoding: qwerty",
        "X-Transfer-Encoding: qwerty",
      })
  void aCodingThatMayMeanSomethingIsLeftToTheParser(String lines) {
    String head = "HTTP/1.1 200 OK\r\nA: b\r\n" + lines + "\r\n\r\nbody";
    assertThat(hidden(head)).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: qwerty\r\n\r\n",
        "HTTP/1.1 103 OK\r\nTransfer-Encoding: qwerty\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: qwerty\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: qwerty\r\nContent-Leng",
        "HTTP/1.1 200 OK\r\n\r\nTransfer-Encoding: qwerty\r\n\r\n",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 ",
        "",
      })
  void whereNoneIsAllowedOrTheHeadIsNotAllThereNothingIsHidden(String bytes) {
    assertThat(hidden(bytes)).isEqualTo(bytes);
  }

  private static String hidden(String text) {
    ByteBuffer bytes = buffer(text);
    RawHead.hideUnknownCoding(bytes);
    byte[] after = new byte[bytes.remaining()];
    bytes.get(after);
    return new String(after, ISO_8859_1);
  }

  private static String joined(String text) {
    ByteBuffer bytes = buffer(text);
    RawHead.joinLengths(bytes);
    byte[] after = new byte[bytes.remaining()];
    bytes.get(after);
    return new String(after, ISO_8859_1);
  }

  private static ByteBuffer buffer(String text) {
    ByteBuffer padded = ByteBuffer.wrap(("xx" + text + "\nyy").getBytes(ISO_8859_1));
    return padded.position(2).limit(2 + text.length());
  }
}
