package io.multiprocessing.manager;

import org.jspecify.annotations.Nullable;

/** An event. It counts how often it was set, so that who waited goes on even if it was cleared right after. */
final class ServedEvent implements Served {
    private boolean isSet;
    private long times;

    @Override
    public synchronized @Nullable Object call(Call call) throws InterruptedException {
        switch (call.method()) {
            case "set" -> {
                isSet = true;
                times++;
                notifyAll();
            }
            case "clear" -> isSet = false;
            case "isSet" -> {
                return isSet;
            }
            case "await" -> {
                return await(call.number(0));
            }
            default -> throw call.unknownMethod(Kind.EVENT.typeName());
        }
        return null;
    }

    private boolean await(long nanos) throws InterruptedException {
        Patience patience = new Patience(nanos);
        long before = times;
        while (!isSet && times == before) {
            if (!patience.await(this)) {
                return false;
            }
        }
        return true;
    }
}
