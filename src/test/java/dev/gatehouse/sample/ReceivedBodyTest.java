package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReceivedBodyTest {
  @Test
  void utf8IsShownAsText() throws IOException {
    assertThat(describe("h\u00e9\u20ac".getBytes(StandardCharsets.UTF_8)))
        .containsExactly(entry("body", "h\u00e9\u20ac"));
    assertThat(describe(new byte[0])).containsExactly(entry("body", ""));
  }

  @Test
  void otherBytesAreShownInBase64() throws IOException {
    assertThat(describe(new byte[] {(byte) 0xff, 0}))
        .containsExactly(entry("body", "/wA="), entry("bodyLength", 2));
  }

  @Test
  void upTo64kIsEchoed() throws IOException {
    assertThat(describe(new byte[ReceivedBody.ECHOED_BYTES])).containsOnlyKeys("body");
  }

  @Test
  void aLongBodyIsCountedAndHashed() throws IOException {
    assertThat(describe(new byte[1 << 20]))
        .containsExactly(
            entry("bodyLength", 1L << 20),
            entry(
                "bodySha256", "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58"));
  }

  private static Map<String, Object> describe(byte[] body) throws IOException {
    return ReceivedBody.describe(new ByteArrayInputStream(body));
  }
}
