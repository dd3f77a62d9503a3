using System.Globalization;

namespace EdgeQueue.Cloud.Bookings.Words;

/// <summary>What the public pages of bookings say in one language. <c>{0}</c> is what the name of the text says.</summary>
internal sealed record BookingWords
{
    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>In itself.</summary>
    public required string LanguageName { get; init; }

    public required string Title { get; init; }

    public required string ChooseBranch { get; init; }

    public required string SearchBranch { get; init; }

    public required string Search { get; init; }

    public required string NoBranch { get; init; }

    public required string ChooseService { get; init; }

    public required string NothingOffered { get; init; }

    public required string Minutes { get; init; }

    public required string ChooseDay { get; init; }

    public required string ChooseTime { get; init; }

    public required string Free { get; init; }

    public required string Full { get; init; }

    public required string Closed { get; init; }

    public required string EarlierDays { get; init; }

    public required string LaterDays { get; init; }

    public required string NoTimes { get; init; }

    public required string NextTimes { get; init; }

    public required string WithWhom { get; init; }

    public required string Anyone { get; init; }

    /// <summary>{0} name of an officer.</summary>
    public required string With { get; init; }

    public required string TimeZoneNote { get; init; }

    public required string AlmostThere { get; init; }

    public required string HeldUntil { get; init; }

    public required string YourName { get; init; }

    public required string YourPhone { get; init; }

    public required string PhoneHint { get; init; }

    public required string YourMail { get; init; }

    public required string MailHint { get; init; }

    /// <summary>Where one of both is enough.</summary>
    public required string EitherHint { get; init; }

    /// <summary>{0} branch, {1} days.</summary>
    public required string Consent { get; init; }

    public required string Book { get; init; }

    public required string GiveBack { get; init; }

    public required string Booked { get; init; }

    public required string Number { get; init; }

    public required string AtTheBranch { get; init; }

    public required string CodeAlt { get; init; }

    public required string ToPrepare { get; init; }

    public required string KeepLink { get; init; }

    public required string AddToCalendar { get; init; }

    public required string Move { get; init; }

    public required string Cancel { get; init; }

    public required string MoveTitle { get; init; }

    public required string MoveNote { get; init; }

    public required string CancelTitle { get; init; }

    public required string CancelAsk { get; init; }

    public required string CancelYes { get; init; }

    public required string Keep { get; init; }

    public required string Cancelled { get; init; }

    public required string CancelledNote { get; init; }

    public required string Arrived { get; init; }

    public required string ArrivedNote { get; init; }

    public required string Missed { get; init; }

    public required string MissedNote { get; init; }

    public required string BookAnother { get; init; }

    public required string NotFound { get; init; }

    public required string NotFoundNote { get; init; }


    public required IReadOnlyDictionary<BookingRefusal, string> Refusals { get; init; }

    /// <summary>Monday first.</summary>
    public required IReadOnlyList<string> Weekdays { get; init; }

    public required IReadOnlyList<string> ShortWeekdays { get; init; }

    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>{0} weekday, {1} day, {2} month, {3} year.</summary>
    public required string Date { get; init; }

    private static readonly IReadOnlyDictionary<string, BookingWords> All =
        new[] { EnglishWords.All, NorwegianWords.All, UkrainianWords.All, ArabicWords.All }.ToDictionary(w => w.Language, StringComparer.Ordinal);

    /// <summary>English where a language is not there yet.</summary>
    public static BookingWords In(string language) =>
        All.GetValueOrDefault(language) ?? All.GetValueOrDefault(language.Split('-')[0]) ?? EnglishWords.All;

    public static string NameOf(string language) => All.TryGetValue(language, out BookingWords? words) ? words.LanguageName : language;

    public string Say(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);

    public string DateOf(DateOnly day) => Say(Date, WeekdayOf(day), day.Day, Months[day.Month - 1], day.Year);

    public string DateOf(DateTime local) => DateOf(DateOnly.FromDateTime(local));

    public string WeekdayOf(DateOnly day) => Weekdays[((int)day.DayOfWeek + 6) % 7];

    public string ShortWeekdayOf(DateOnly day) => ShortWeekdays[((int)day.DayOfWeek + 6) % 7];

    /// <summary>The first three letters are the usual short form in all these languages but Arabic, which has none.</summary>
    public string ShortMonthOf(DateOnly day) => Months[day.Month - 1] is var month && Language == "ar" ? month : month[..3];

    public static string TimeOf(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
