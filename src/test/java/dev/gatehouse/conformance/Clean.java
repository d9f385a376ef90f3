package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Seen;
import java.util.List;

/**
 * What every request that a backend gets must be, whatever came in: one Host, one framing, CRLF
 * only, valid names, no field of the connection.
 */
final class Clean {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"; // RFC 9110 §5.6.2
  private static final String VALUE = "([\\x21-\\x7E\\x80-\\xFF]([\\t\\x20-\\x7E\\x80-\\xFF]*)?)?";
  private static final String REQUEST_LINE = TOKEN + " [\\x21-\\x7E]+ HTTP/1\\.1";

  private Clean() {}

  /** Asserts it of a request's head. */
  static void check(Seen seen) {
    String head = seen.head();
    assertThat(head.replace("\r\n", "")).as("bare CR or LF").doesNotContain("\r", "\n");
    assertThat(seen.requestLine()).as("request line").matches(REQUEST_LINE);
    for (String line : seen.headerLines()) {
      assertThat(line).as("header line").matches(TOKEN + ":[\\t ]*" + VALUE);
    }
    assertThat(seen.headers("Host")).as("Host").hasSize(1).doesNotContain("");
    List<String> lengths = seen.headers("Content-Length");
    List<String> codings = seen.headers("Transfer-Encoding");
    assertThat(lengths.size() + codings.size()).as("framings").isLessThanOrEqualTo(1);
    assertThat(lengths).allMatch(length -> length.matches("\\d+"));
    assertThat(codings).allMatch("chunked"::equals);
    assertThat(seen.headers("Upgrade")).as("Upgrade").isEmpty();
    assertThat(seen.headers("Trailer")).hasSizeLessThanOrEqualTo(1);
  }
}
