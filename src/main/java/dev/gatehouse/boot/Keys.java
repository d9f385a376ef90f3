package dev.gatehouse.boot;

import dev.gatehouse.auth.ApiKeys;
import dev.gatehouse.auth.KeyFile;
import dev.gatehouse.auth.KeyLines;
import dev.gatehouse.auth.KeyRing;
import dev.gatehouse.config.Problem;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configured keys, read.
 *
 * @param file the file among them, to be looked at again from time to time
 * @param problems what keeps the application from starting
 * @param notes what the log should say
 */
record Keys(KeyRing ring, Optional<KeyFile> file, List<Problem> problems, List<String> notes) {

  static Keys of(ProxyConfig.Auth config) {
    List<String> lines = config.keyLines().stream().map(Secret::reveal).toList();
    KeyLines fixed = KeyLines.parse("proxy.auth.apiKeys", lines, ApiKeys.NONE);
    List<Problem> problems = problems("proxy.auth.apiKeys", fixed);
    List<String> notes = new ArrayList<>(fixed.notes());
    if (config.keyFile().isEmpty()) {
      ApiKeys keys = fixed.keys();
      return new Keys(() -> keys, Optional.empty(), problems, notes);
    }
    KeyFile file = new KeyFile(config.keyFile().get(), fixed.keys());
    KeyLines read = file.load();
    problems.addAll(problems("proxy.auth.apiKeyFile", read));
    notes.addAll(read.notes());
    if (config.enabled() && problems.isEmpty() && file.current().isEmpty()) {
      problems.add(
          new Problem(
              "", "proxy.auth.apiKeyFile", config.keyFile().get().toString(), "no key in it"));
    }
    return new Keys(file::current, Optional.of(file), problems, notes);
  }

  private static List<Problem> problems(String name, KeyLines lines) {
    List<Problem> problems = new ArrayList<>();
    lines.problems().forEach(reason -> problems.add(new Problem("", name, "", reason)));
    return problems;
  }
}
