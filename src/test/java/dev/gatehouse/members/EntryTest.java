package dev.gatehouse.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig.Backend;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTest {
  @ParameterizedTest
  @CsvSource({
    "shop.example, true",
    "shop, true",
    "shop.example., true",
    "localhost, false",
    "a.localhost, false",
    "127.0.0.1, false",
    "web1, true",
    "node-2.shop1, true",
    "[::1], false",
  })
  void onlyNamesAreAskedFor(String host, boolean expected) {
    assertThat(entry(host).isByName()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} means {1} without {2}: {3}")
  @CsvSource({
    "127.0.0.1, '', '', x",
    "shop.example, '', '', x",
    "shop.example, 10.0.0.1, '', x",
    "shop.example, 10.0.0.1 10.0.0.2, '', x@10.0.0.1 x@10.0.0.2",
    "shop.example, 10.0.0.1 10.0.0.2, 10.0.0.1, x@10.0.0.2",
    "shop.example, 10.0.0.1, 10.0.0.1, x",
  })
  void itsMembersFollowFromWhatItMeans(
      String host, String addresses, String removed, String members) throws UnknownHostException {
    Entry entry = entry(host).meaning(addresses(addresses));
    for (InetAddress each : addresses(removed)) {
      entry = entry.without(each);
    }
    assertThat(entry.members()).extracting(Upstream::id).containsExactly(members.split(" ", -1));
  }

  @Test
  void soManyStayOutAndNoMore() throws UnknownHostException {
    Entry entry = entry("shop.example");
    for (int i = 1; i <= 66; i++) {
      entry = entry.without(InetAddress.getByName("10.0.0." + i));
    }
    assertThat(entry.removed())
        .hasSize(64)
        .doesNotContainAnyElementsOf(addresses("10.0.0.1 10.0.0.2"));
    assertThat(entry.meaning(addresses("10.0.0.2 10.0.0.3")).members())
        .extracting(Upstream::id)
        .containsExactly("x@10.0.0.2");
  }

  private static Entry entry(String host) {
    return Entry.of(new Backend("x", URI.create("http://" + host), 1, false));
  }

  private static List<InetAddress> addresses(String literals) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String each : literals.split(" ", -1)) {
      if (!each.isEmpty()) {
        addresses.add(InetAddress.getByName(each));
      }
    }
    return addresses;
  }
}
