package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Garbage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parsers against slow models of them that were written from the RFCs, on random input. */
class ParserPropertiesTest {
  private static final int ROUNDS = 30_000;

  private final SplittableRandom random = new SplittableRandom(20_261_123);

  @Test
  void anIpv6LiteralMeansWhatTheJdkReads() {
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text =
          round % 2 == 0
              ? Garbage.of(random, "01af:::", 18)
              : literal(random.nextLong(), random.nextLong());
      if (text.indexOf(':') < 0) {
        continue; // the JDK would ask DNS
      }
      IpAddress expected = jdk(text);
      boolean longGroup = Stream.of(text.split(":", -1)).anyMatch(group -> group.length() > 4);
      assertThat(IpAddress.parse(text)).as(text).isEqualTo(longGroup ? null : expected);
      taken += expected == null ? 0 : 1;
    }
    assertThat(taken).isGreaterThan(ROUNDS / 3);
  }

  @Test
  void anIpv4LiteralIsFourSmallNumbersWithoutLeadingZeros() {
    for (int round = 0; round < ROUNDS; round++) {
      String text =
          Stream.generate(() -> octet())
              .limit(3 + random.nextInt(3))
              .collect(Collectors.joining("."));
      String[] parts = text.split("\\.", -1);
      boolean good = parts.length == 4;
      long bits = 0;
      for (String part : parts) {
        good &= part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255;
        bits = good ? bits << 8 | Integer.parseInt(part) : 0;
      }
      IpAddress expected = good ? new IpAddress(0, 0xffff_0000_0000L | bits) : null;
      assertThat(IpAddress.parse(text)).as(text).isEqualTo(expected);
    }
  }

  @Test
  void whatIsNoAddressIsNullAndNoException() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = Garbage.of(random, "0129afgG:.[]%/ \u00e9\u0661", 24);
      IpAddress address = IpAddress.parse(text);
      if (address != null) {
        String bare = text.replace("[", "").replace("]", "").replaceFirst("%.*", "");
        assertThat(bare).as(text).matches("[0-9a-fA-F:.]+");
      }
    }
  }

  @Test
  void theClientIsFoundFromTheRight() {
    for (int round = 0; round < ROUNDS; round++) {
      String peer = address();
      List<String> fields = new ArrayList<>();
      List<String> hops = new ArrayList<>(); // as they count, from the left
      for (int i = random.nextInt(4); i > 0; i--) {
        List<String> field = new ArrayList<>();
        for (int j = 1 + random.nextInt(3); j > 0; j--) {
          String hop = random.nextInt(12) == 0 ? "" : address();
          hops.add(hop);
          field.add(" ".repeat(random.nextInt(2)) + spelt(hop) + "\t".repeat(random.nextInt(2)));
        }
        fields.add(String.join(",", field));
      }
      String expected = peer;
      while (expected.startsWith("10.") && !hops.isEmpty()) {
        String hop = hops.remove(hops.size() - 1);
        if (hop.isEmpty()) {
          break;
        }
        expected = hop;
      }
      assertThat(Forwarding.client(peer, fields, each -> each.startsWith("10.")))
          .as("%s %s", peer, fields)
          .isEqualTo(expected);
    }
  }

  @Test
  void aStrangersWordCountsForNothingWhateverItIs() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> said = List.of(Garbage.of(random, "10.2,[]: \"a\u00e9", 20));
      assertThat(Forwarding.client("192.0.2.1", said, "10.0.0.1"::equals)).isEqualTo("192.0.2.1");
      String client = Forwarding.client("10.0.0.1", said, "10.0.0.1"::equals);
      assertThat(client).isNotEmpty().doesNotContain(",");
    }
  }

  @Test
  void viaNamesWhoIsTheSecondWordOfAnElement() {
    for (int round = 0; round < ROUNDS; round++) {
      String value = Garbage.of(random, "1ggHh  ,,\t(:", 24);
      boolean expected =
          Stream.of(value.split(",", -1))
              .map(element -> element.replace('\t', ' ').strip().split(" +", -1))
              .anyMatch(words -> words.length > 1 && words[1].equalsIgnoreCase("gh"));
      assertThat(Via.names(value, "gh")).as(value).isEqualTo(expected);
    }
  }

  @Test
  void connectionNominatesWhatItLists() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> values = new ArrayList<>();
      var expected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = random.nextInt(3); i > 0; i--) {
        List<String> options = new ArrayList<>();
        for (int j = random.nextInt(4); j > 0; j--) {
          String option = Garbage.of(random, "abAB-\u00e9", 3);
          expected.add(option);
          options.add(option);
          options.add(
              Garbage.oneOf(random, "close", "Keep-Alive", "TE", "content-length", "UPGRADE", ""));
        }
        values.add(String.join(Garbage.oneOf(random, ",", " , ", ",\t"), options));
      }
      expected.remove("");
      assertThat(new TreeSet<>(HopByHop.nominated(values)))
          .as("%s", values)
          .isEqualTo(new TreeSet<>(expected));
    }
  }

  @Test
  void ofARefreshOnlyTheUrlChanges() {
    for (int round = 0; round < ROUNDS; round++) {
      String value = Garbage.of(random, "15.;, \turlURL=\"'/", 20);
      AtomicReference<String> url = new AtomicReference<>("");
      assertThat(Refresh.map(value, found -> found)).isEqualTo(value);
      String mapped =
          Refresh.map(
              value,
              found -> {
                url.set(found);
                return "<" + found + ">";
              });
      assertThat(mapped.replace("<", "").replace(">", "")).isEqualTo(value);
      assertThat(value).contains(url.get());
    }
  }

  @Test
  void aWellFormedRefreshHasTheUrlThatWasPutIn() {
    for (int round = 0; round < ROUNDS; round++) {
      String quote = Garbage.oneOf(random, "", "\"", "'");
      String url = "/" + Garbage.of(random, "ab/?&;=%20", 12);
      String name = Garbage.oneOf(random, "url=", "URL = ", "");
      String before = random.nextInt(99) + Garbage.oneOf(random, ";", " ; ", ",") + name + quote;
      assertThat(Refresh.map(before + url + quote, found -> "<" + found + ">"))
          .isEqualTo(before + "<" + url + ">" + quote);
    }
  }

  @Test
  void ofPathParametersNoValueIsLeft() {
    for (int round = 0; round < ROUNDS; round++) {
      String path = Garbage.of(random, "//;;==ab%", 20);
      String expected =
          Stream.of(path.split("/", -1))
              .map(ParserPropertiesTest::withoutValues)
              .collect(Collectors.joining("/"));
      assertThat(PathParameters.hidden(path)).as(path).isEqualTo(expected);
    }
  }

  private static String withoutValues(String segment) {
    String[] parts = segment.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      parts[i] = parts[i].replaceFirst("=.*", "=*");
    }
    return String.join(";", parts);
  }

  private String octet() {
    return switch (random.nextInt(8)) {
      case 0 -> Garbage.of(random, "0123456789a ", 4);
      case 1 -> "0" + random.nextInt(10);
      default -> Integer.toString(random.nextInt(270));
    };
  }

  private String address() {
    return Garbage.oneOf(random, "10.0.0.", "192.0.2.", "10.9.9.") + random.nextInt(256);
  }

  private String spelt(String hop) {
    return hop.isEmpty() ? hop : Garbage.oneOf(random, hop, hop + ":4711", "[" + hop + "]:80");
  }

  /** The bits in hex, with some groups of zeros, and perhaps a gap in the place of some. */
  private String literal(long high, long low) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long half = i < 4 ? high : low;
      int group = random.nextInt(3) == 0 ? 0 : (int) (half >>> (16 * (3 - i % 4))) & 0xffff;
      groups.add(String.format(Garbage.oneOf(random, "%x", "%04x", "%X"), group));
    }
    int gap = random.nextInt(9);
    int end = gap;
    while (end < 8 && Integer.parseInt(groups.get(end), 16) == 0) {
      end++;
    }
    return end == gap
        ? String.join(":", groups)
        : String.join(":", groups.subList(0, gap))
            + "::"
            + String.join(":", groups.subList(end, 8));
  }

  private static @Nullable IpAddress jdk(String literal) {
    try {
      byte[] bytes = InetAddress.getByName(literal).getAddress(); // with a colon: no DNS
      ByteBuffer bits = ByteBuffer.wrap(bytes);
      return bytes.length == 4
          ? new IpAddress(0, 0xffff_0000_0000L | (bits.getInt() & 0xffff_ffffL))
          : new IpAddress(bits.getLong(), bits.getLong());
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
