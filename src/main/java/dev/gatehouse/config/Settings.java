package dev.gatehouse.config;

import java.util.Map;
import java.util.Set;

/**
 * The outcome of all sources.
 *
 * @param given what is set, by name
 * @param broken names of what is set, but could not be read; reported already
 */
record Settings(Map<String, Setting> given, Set<String> broken) {
  Settings {
    given = Map.copyOf(given);
    broken = Set.copyOf(broken);
  }
}
