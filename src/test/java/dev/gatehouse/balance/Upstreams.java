package dev.gatehouse.balance;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Upstreams a, b, c ... for tests. */
final class Upstreams {
  private Upstreams() {}

  static List<Upstream> weighted(int... weights) {
    List<Upstream> all = new ArrayList<>();
    for (int weight : weights) {
      String name = String.valueOf((char) ('a' + all.size()));
      all.add(new Upstream(name, URI.create("http://" + name + ".test"), weight));
    }
    return all;
  }
}
