package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §7.2 Host")
class HostFieldTest {
  private static final String ALPHABET = "a0.-_~:[]@,% /\\\"é1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A.example",
        "a.example.",
        "xn--bcher-kva.example",
        "a_b",
        "a-b~c",
        "localhost:8080",
        "a:1",
        "a:65535",
        "a:00080",
        "a:",
        "127.0.0.1",
        "127.0.0.1:80",
        "[::]",
        "[::1]:443",
        "[2001:db8::1]",
        "[1:2:3:4:5:6:7:8]",
        "[1::8]",
        "[1:2:3:4:5:6:7::]",
        "[::2:3:4:5:6:7:8]",
        "[::ffff:192.0.2.1]",
        "[1:2:3:4:5:6:192.0.2.255]",
        "[64:ff9b::0.0.0.0]",
        "[fe80::]:"
      })
  void aNameOrAddressWithOrWithoutPortIsValid(String value) {
    assertThat(HostField.isValid(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a,b",
        "a, b",
        "a;b",
        "u@h",
        "u:p@h",
        "a/b",
        "a\\b",
        "a?b",
        "a#b",
        "a%41",
        "http://a",
        "a\tb",
        "ä",
        "a\u0000",
        ".",
        "..",
        ".a",
        "a..b",
        "a..",
        ":80",
        ":",
        "a:0",
        "a:99999",
        "a:65536",
        "a:-1",
        "a:+1",
        "a:1x",
        "a:8 0",
        "a:80:80",
        "a:99999999999999999999",
        "[",
        "[]",
        "[:]",
        "[::1",
        "::1",
        "1::",
        "[::1]x",
        "[::1]80",
        "[::1]:99999",
        "[::1%25lo]",
        "[v1.a]",
        "[1:2:3:4:5:6:7]",
        "[1:2:3:4:5:6:7:8:9]",
        "[1:2:3:4:5:6:7:8::]",
        "[1::2::3]",
        "[:::]",
        "[1:]",
        "[:1]",
        "[12345::]",
        "[g::]",
        "[::1.2.3]",
        "[::1.2.3.4.5]",
        "[::256.1.1.1]",
        "[::01.2.3.4]",
        "[::1..2.3]",
        "[::1.2.3.]",
        "[::1.2.3.4:1]",
        "[1:2:3:4:5:6:7:1.2.3.4]",
        "[::2:3:4:5:6:7:1.2.3.4]",
        "[1.2.3.4]",
        "[[::1]]",
        "[::1]]",
        "a]",
        "[::1]:[::1]"
      })
  void anythingElseIsNot(String value) {
    assertThat(HostField.isValid(value)).isFalse();
  }

  @Test
  void whateverComesWhatIsValidNamesOneHostAndNothingElse() {
    SplittableRandom random = new SplittableRandom(42);
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      String host = value.toString();
      if (HostField.isValid(host)) {
        valid++;
        assertThat(host).matches("([A-Za-z0-9._~-]+|\\[[0-9a-f:.]+])(:[0-9]*)?");
        assertThat(HostField.isValid(host + ",b")).as(host).isFalse();
        assertThat(HostField.isValid("u@" + host)).as(host).isFalse();
      }
    }
    assertThat(valid).isGreaterThan(1_000);
  }
}
