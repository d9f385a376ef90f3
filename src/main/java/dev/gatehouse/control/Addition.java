package dev.gatehouse.control;

import dev.gatehouse.config.Backends;
import dev.gatehouse.config.PoolConfig.Backend;

/** A new backend as a form tells it: in the configuration's words, so by its rules. */
final class Addition {
  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422; // RFC 9110 §15.5.21

  private Addition() {}

  static Backend read(Form form) throws RefusedException {
    if (form.value("url").isEmpty()) {
      throw new RefusedException(BAD_REQUEST, "Write the backend's URL as url=http://host:port.");
    }
    StringBuilder entry = new StringBuilder(word(form, "url"));
    for (String name : new String[] {"weight", "id"}) {
      if (!form.value(name).isEmpty()) {
        entry.append(' ').append(name).append('=').append(word(form, name));
      }
    }
    switch (form.value("backup")) {
      case "", "false", "off" -> {}
      case "true", "on" -> entry.append(" backup");
      default -> throw new RefusedException(UNPROCESSABLE, "Write backup=true or backup=false.");
    }
    Backends.Parsed parsed = Backends.parse(entry.toString());
    return parsed
        .backend()
        .orElseThrow(
            () -> new RefusedException(UNPROCESSABLE, String.join("; ", parsed.problems())));
  }

  /** A blank would begin another word of the entry. */
  private static String word(Form form, String name) throws RefusedException {
    String value = form.value(name);
    if (value.chars().anyMatch(c -> c <= ' ')) {
      throw new RefusedException(UNPROCESSABLE, "There may be no blank in the " + name + ".");
    }
    return value;
  }
}
