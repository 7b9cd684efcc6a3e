import Glibc
import Runner
import Synchronization

/// SIGINT and SIGTERM while runs are under way: the first asks them to stop, the second ends the process at once.
enum StopSignals {
    /// The first that came; 0 before that.
    private static let first = Atomic<Int32>(0)

    static var asked: Stop? {
        switch first.load(ordering: .relaxed) {
        case 0: nil
        case SIGINT: .signal("SIGINT")
        default: .signal("SIGTERM")
        }
    }

    /// One that whoever started the process wants to be ignored stays so.
    static func heed() {
        // Made before a handler may need it.
        _ = asked
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            sigaction(number, nil, &action)
            guard unsafeBitCast(action.__sigaction_handler, to: Int.self) != 1 else { continue }
            action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                let (isFirst, _) = StopSignals.first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                if !isFirst { _exit(128 + number) }
            }
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
    }
}
