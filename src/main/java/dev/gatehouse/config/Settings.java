package dev.gatehouse.config;

import java.util.Map;
import java.util.Set;

/**
 * The outcome of all sources.
 *
 * @param given what is set, by name
 * @param broken names of what is set, but could not be read; reported already
 * @param ids of routes and pools as they were written, by their place in names such as {@code
 *     proxy.route.shop.}
 */
record Settings(Map<String, Setting> given, Set<String> broken, Map<String, String> ids) {
  Settings {
    given = Map.copyOf(given);
    broken = Set.copyOf(broken);
    ids = Map.copyOf(ids);
  }
}
