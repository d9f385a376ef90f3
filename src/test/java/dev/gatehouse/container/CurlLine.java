package dev.gatehouse.container;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line for curl as the README shows it, with the few options that are used there. */
record CurlLine(String text) {
  private static final String BEGIN = "$ curl -k ";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** All that ask this of the demonstration with its key, in the order of the README. */
  static List<CurlLine> in(Path readme, String target) throws Exception {
    return Files.readAllLines(readme).stream()
        .filter(line -> line.startsWith(BEGIN) && line.contains(target))
        .filter(line -> line.contains("X-API-Key: "))
        .map(line -> new CurlLine(line.substring(BEGIN.length())))
        .toList();
  }

  /**
   * The request that it sends.
   *
   * @param port instead of the one that it names
   * @throws IllegalArgumentException if it has an option that is not known here
   */
  HttpRequest request(int port) {
    Deque<String> words = words();
    HttpRequest.Builder request = HttpRequest.newBuilder();
    String method = "GET";
    String body = "";
    while (!words.isEmpty()) {
      String word = words.pop();
      if (word.equals("-X")) {
        method = words.pop();
      } else if (word.equals("-d")) {
        body = words.pop();
      } else if (word.equals("-H")) {
        String[] field = words.pop().split(": ", 2);
        request.header(field[0], field[1]);
      } else if (word.startsWith("https://localhost:8443/")) {
        request.uri(URI.create(word.replace(":8443", ":" + port)));
      } else {
        throw new IllegalArgumentException("curl's " + word + " is not known here");
      }
    }
    return request
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private Deque<String> words() {
    Deque<String> words = new ArrayDeque<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
