package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §4.2.3, §7.2 hosts")
class HostNameTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "a.example, a.example",
    "A.EXAMPLE, a.example",
    "a.example., a.example",
    "a.example:80, a.example",
    "A.example.:8443, a.example",
    "a.example:, a.example",
    "localhost, localhost",
    "my_app, my_app",
    "XN--GRN-4CD.example, xn--grn-4cd.example",
    "127.0.0.1:80, 127.0.0.1",
    "[::1], [0:0:0:0:0:0:0:1]",
    "[::1]:443, [0:0:0:0:0:0:0:1]",
    "[0:0::0:1]:, [0:0:0:0:0:0:0:1]",
    "[2001:DB8::A], [2001:db8:0:0:0:0:0:a]",
    "[::ffff:1.2.3.4], [0:0:0:0:0:ffff:102:304]",
  })
  void equalHostsHaveOneForm(String authority, String normal) {
    assertThat(HostName.normal(authority)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ":80",
        ".:80",
        ".a",
        "a..",
        "a..b",
        "a:b",
        "a:80:80",
        "a:80.b",
        "a:-1",
        "u@a",
        "a/b",
        "a b",
        "a,b",
        "a%2eb",
        "a\tb",
        "ä.example",
        "\u212a.example",
        "*.a",
        "::1",
        "[",
        "[]",
        "[::1",
        "::1]",
        "[::1]x",
        "[::1]:x",
        "[::1].",
        "[1.2.3.4]",
        "[a]",
        "[::g]",
        "[fe80::1%25eth0]",
        "[v1.x]",
        "[[::1]]",
      })
  void whatIsNoHostHasNone(String authority) {
    assertThat(HostName.normal(authority)).isEmpty();
  }

  @Test
  void aNameIsTheSameInWhateverCaseWithDotAndPort() {
    Random random = new Random(20_261_123);
    for (int i = 0; i < ROUNDS; i++) {
      String name = name(random);
      String spelt =
          anyCase(name, random)
              + (random.nextBoolean() ? "." : "")
              + (random.nextBoolean() ? ":" + random.nextInt(65_536) : "");
      assertThat(HostName.normal(spelt)).as(spelt).isEqualTo(name);
    }
  }

  @Test
  void anIpv6AddressIsTheSameInAllItsSpellings() {
    Random random = new Random(4_291);
    for (int i = 0; i < ROUNDS; i++) {
      List<Integer> groups = new ArrayList<>();
      while (groups.size() < 8) {
        groups.add(random.nextBoolean() ? 0 : random.nextInt(65_536));
      }
      String full = "[" + joined(groups, 0, 8, "%x") + "]";
      String spelt = anyCase("[" + spelling(groups, random) + "]", random);
      assertThat(HostName.normal(spelt + (random.nextBoolean() ? ":1" : "")))
          .as(spelt)
          .isEqualTo(full);
    }
  }

  @Test
  void whateverComesTheFormOfAFormIsItself() {
    String alphabet = "aZ09.-_:[]@%* /\u00e9";
    Random random = new Random(7);
    for (int i = 0; i < 10 * ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String normal = HostName.normal(text.toString());
      assertThat(HostName.normal(normal)).as(text.toString()).isEqualTo(normal);
      assertThat(normal).matches("|[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:]+]");
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int labels = 1 + random.nextInt(4); labels > 0; labels--) {
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        name.append("abcxyz019-_".charAt(random.nextInt(11)));
      }
      name.append(labels > 1 ? "." : "");
    }
    return name.toString();
  }

  private static String anyCase(String text, Random random) {
    StringBuilder mixed = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String c = text.substring(i, i + 1);
      mixed.append(random.nextBoolean() ? c.toUpperCase(Locale.ROOT) : c);
    }
    return mixed.toString();
  }

  /** With or without leading zeros, a gap for one run of zeros, and dotted last groups. */
  private static String spelling(List<Integer> groups, Random random) {
    String format = random.nextBoolean() ? "%x" : "%04x";
    int from = random.nextInt(8);
    int to = from;
    while (to < 8 && groups.get(to) == 0) {
      to++;
    }
    if (to > from) {
      return joined(groups, 0, from, format) + "::" + joined(groups, to, 8, format);
    }
    if (random.nextBoolean()) {
      int g = groups.get(6);
      int h = groups.get(7);
      String dotted = (g >> 8) + "." + (g & 255) + "." + (h >> 8) + "." + (h & 255);
      return joined(groups, 0, 6, format) + ":" + dotted;
    }
    return joined(groups, 0, 8, format);
  }

  private static String joined(List<Integer> groups, int from, int to, String format) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from ? ":" : "").append(String.format(Locale.ROOT, format, groups.get(i)));
    }
    return text.toString();
  }
}
