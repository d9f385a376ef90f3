package dev.gatehouse.conformance;

import dev.gatehouse.container.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a request, but for its target.
 *
 * @param lines header lines besides Host and the key, with what frames the body
 * @param keyed whether a valid key comes with it
 */
record Sent(String method, List<String> lines, String body, boolean keyed) {
  Sent {
    lines = List.copyOf(lines);
  }

  Sent lines(List<String> further) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(further);
    return new Sent(method, all, body, keyed);
  }

  /** One char for each byte. */
  String bytes(String target) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    request.append("Host: localhost\r\n");
    if (keyed) {
      request.append(Settings.KEY_LINE).append("\r\n");
    }
    lines.forEach(line -> request.append(line).append("\r\n"));
    return request.append("\r\n").append(body).toString();
  }
}
