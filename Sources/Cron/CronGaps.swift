import Values

extension CronExpression {
    /// The least time between two slots, by the calendar alone; nil where there never are two.
    package var leastGap: Interval? {
        let times = hours.numbers.flatMap { hour in minutes.numbers.map { hour * 60 + $0 } }
        guard let first = times.first, let last = times.last else { return nil }
        let within = zip(times.dropFirst(), times).map(-).min()
        let across = leastDays.map { $0 * 1440 + first - last }
        guard !neverFires, let minutes = [within, across].compactMap({ $0 }).min() else { return nil }
        return Interval(seconds: Int64(minutes) * 60)
    }

    /// The least number of days from one with slots to the next. In 28 years each year of the calendar comes up, each with
    /// the one that follows it; the days that a century without its leap day leaves out bring none nearer to each other.
    private var leastDays: Int? {
        var (least, previous): (Int?, Int?) = (nil, nil)
        for year in 2001...2029 {
            for month in months.numbers {
                guard let start = CalendarDate(year: year, month: month, day: 1)?.daysSinceEpoch else { continue }
                for day in matchingDays(year: year, month: month).numbers {
                    if let previous { least = min(least ?? Int.max, start + day - previous) }
                    previous = start + day
                }
                if least == 1 { return 1 }
            }
        }
        return least
    }
}
