package dev.gatehouse.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says what arrived as a request's body, however long it was. */
final class ReceivedBody {
  static final int ECHOED_BYTES = 64 * 1024;

  private ReceivedBody() {}

  /**
   * Reads a body to its end and describes it as members of a JSON object.
   *
   * @return {@code body} as text; or as base64 with {@code bodyLength} when it is no UTF-8; or
   *     {@code bodyLength} and {@code bodySha256} alone when it is over 64 kB
   */
  static Map<String, Object> describe(InputStream in) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    byte[] head = in.readNBytes(ECHOED_BYTES);
    int next = head.length < ECHOED_BYTES ? -1 : in.read();
    if (next < 0) {
      try {
        members.put(
            "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head)).toString());
      } catch (CharacterCodingException e) {
        members.put("body", Base64.getEncoder().encodeToString(head));
        members.put("bodyLength", head.length);
      }
      return members;
    }
    MessageDigest digest = sha256();
    digest.update(head);
    digest.update((byte) next);
    long length = head.length + 1L;
    byte[] block = new byte[ECHOED_BYTES];
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      digest.update(block, 0, read);
      length += read;
    }
    members.put("bodyLength", length);
    members.put("bodySha256", HexFormat.of().formatHex(digest.digest()));
    return members;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
