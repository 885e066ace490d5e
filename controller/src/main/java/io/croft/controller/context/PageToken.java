package io.croft.controller.context;

import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a page ended, in a form that clients hand back: the place in the listing's order behind a digest of what was asked, and of that place, so that a token of
 * another query, listing or account is refused, and one that was damaged on its way. It carries nothing secret.
 */
final class PageToken {
    private static final int DIGEST_LENGTH = 12;

    private final String asked;

    private PageToken(String asked) {
        this.asked = asked;
    }

    /** The tokens of one query, whatever its page size. */
    static PageToken bind(String listing, AccountId account, Query query) {
        var asked = new ParameterHash().add(listing).add(account.value());
        for (var filter : query.filters()) {
            asked.add(filter.name()).addAll(filter.values());
        }
        return new PageToken(asked.hex());
    }

    String seal(String place) {
        var text = place.getBytes(StandardCharsets.UTF_8);
        var digest = new ParameterHash().add(asked).add(place).digest();
        var token = Arrays.copyOf(Arrays.copyOf(digest, DIGEST_LENGTH), DIGEST_LENGTH + text.length);
        System.arraycopy(text, 0, token, DIGEST_LENGTH, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * The place that a token stands for, if it is the token to the letter: base64 has several spellings of the same bytes.
     *
     * @throws CloudException InvalidPaginationToken when it is not one of this query's
     */
    String open(String token) {
        var bytes = decode(token);
        var place = bytes.length > DIGEST_LENGTH
                ? new String(bytes, DIGEST_LENGTH, bytes.length - DIGEST_LENGTH, StandardCharsets.UTF_8)
                : "";
        if (place.isEmpty() || !seal(place).equals(token)) {
            throw invalid(token);
        }
        return place;
    }

    private static byte[] decode(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new CloudException(ErrorCode.INVALID_PAGINATION_TOKEN, sentence(token), "", e);
        }
    }

    private static CloudException invalid(String token) {
        return new CloudException(ErrorCode.INVALID_PAGINATION_TOKEN, sentence(token));
    }

    private static String sentence(String token) {
        return "The pagination token is invalid: '" + token + "'";
    }
}
