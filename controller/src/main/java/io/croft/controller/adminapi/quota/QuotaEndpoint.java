package io.croft.controller.adminapi.quota;

import io.croft.controller.context.CloudException;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.QuotaView;
import io.croft.controller.quota.Quotas;
import io.croft.rest.Items;
import io.croft.rest.NewLimit;
import io.croft.rest.QuotaResource;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How much accounts may have. */
@RestController
@RequestMapping("/admin/v1/accounts/{account}/quotas")
class QuotaEndpoint {
    private final Quotas quotas;

    QuotaEndpoint(Quotas quotas) {
        this.quotas = quotas;
    }

    @GetMapping
    Items<QuotaResource> list(@PathVariable AccountId account) {
        return new Items<>(
                quotas.list(account).stream().map(QuotaEndpoint::resource).toList());
    }

    @PutMapping("/{quota}")
    QuotaResource set(@PathVariable AccountId account, @PathVariable String quota, @RequestBody NewLimit request) {
        return resource(quotas.set(account, require(quota), request.limit()));
    }

    /** Gives back the standard limit, which the answer shows. */
    @DeleteMapping("/{quota}")
    QuotaResource reset(@PathVariable AccountId account, @PathVariable String quota) {
        return resource(quotas.reset(account, require(quota)));
    }

    private static Quota require(String key) {
        return Quota.of(key)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no quota \"" + key + "\"."));
    }

    private static QuotaResource resource(QuotaView view) {
        return new QuotaResource(view.quota().key(), view.limit(), view.set(), view.used());
    }
}
