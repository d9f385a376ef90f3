package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Methods;
import dev.gatehouse.http.Target;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which targets' stored responses an answer makes unfit for use (RFC 9111 §4.4). */
public final class Invalidation {
  private Invalidation() {}

  /**
   * The target, and those of the same origin that Location and Content-Location name; others' are
   * not this origin's to forget.
   *
   * @param response the fields of the answer as the origin sent them
   */
  public static Set<Target> of(String method, int status, Target target, Fields response) {
    Set<Target> targets = new LinkedHashSet<>(4);
    if (status >= 200 && status < 400 && !Methods.isSafe(method)) { // unknown ones are unsafe
      targets.add(target);
      add("Location", target, response, targets);
      add("Content-Location", target, response, targets);
    }
    return targets;
  }

  private static void add(String name, Target target, Fields response, Set<Target> targets) {
    for (String reference : response.all(name)) {
      target.resolve(reference).filter(target::hasOriginOf).ifPresent(targets::add);
    }
  }
}
