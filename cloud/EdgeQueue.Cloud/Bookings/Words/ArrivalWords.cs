using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Bookings.Words;

/// <summary>What the page says about checking in by the link, in one language.</summary>
internal sealed record ArrivalWords
{
    public required string Heading { get; init; }

    public required string Button { get; init; }

    /// <summary>Before the phone asks whether it may.</summary>
    public required string PlaceNote { get; init; }

    public required string NoScript { get; init; }

    /// <summary>{0} time, with its date when that is another day's.</summary>
    public required string Opens { get; init; }

    /// <summary>{0} distance.</summary>
    public required string Far { get; init; }

    public required string NoPlace { get; init; }

    public required string Away { get; init; }

    public required string Unsure { get; init; }

    public required string Ticket { get; init; }

    public required string Follow { get; init; }

    public required string Back { get; init; }

    /// <summary>{0} from when on.</summary>
    public required string TooEarly { get; init; }

    public required string TooLate { get; init; }

    public required string Used { get; init; }

    public required string Unknown { get; init; }

    public required string Later { get; init; }

    private static readonly ArrivalWords English = new()
    {
        Heading = "Are you here?", Button = "I am here",
        PlaceNote = "Your phone will be asked where it is. The place is compared with the branch's once and is not kept.",
        NoScript = "Your browser runs no scripts, so it cannot say where you are. Check in at the ticket dispenser with your booking number.",
        Opens = "From {0} on you can also check in here when you have arrived.",
        Far = "Your phone seems to be {0} away from the branch. Check in when you are here, or at the ticket dispenser with your booking number.",
        NoPlace = "Your phone did not say where it is. Allow it and press again, or check in at the ticket dispenser with your booking number.",
        Away = "The branch cannot be reached just now. Check in at the ticket dispenser with your booking number: that always works.",
        Unsure = "The branch has not answered yet. Press again in a minute, or check in at the ticket dispenser with your booking number.",
        Ticket = "Your ticket", Follow = "Follow it on this phone", Back = "Back to the booking",
        TooEarly = "It is too early. Check in from {0} on.", TooLate = "It is too late to check in with this booking. Take a ticket, or ask at a counter.",
        Used = "Somebody has checked in with this booking already. If that was not you, ask at a counter.",
        Unknown = "The branch does not know this booking. Ask at a counter, or take a ticket.",
        Later = "The branch takes no check-ins just now. Ask at a counter.",
    };

    private static readonly ArrivalWords Norwegian = new()
    {
        Heading = "Er du her?", Button = "Jeg er her",
        PlaceNote = "Telefonen blir spurt om hvor den er. Stedet sammenlignes med kontoret én gang og lagres ikke.",
        NoScript = "Nettleseren kjører ikke skript, så den kan ikke si hvor du er. Meld deg på automaten med bestillingsnummeret.",
        Opens = "Fra {0} kan du også melde deg her når du har kommet.",
        Far = "Telefonen ser ut til å være {0} fra kontoret. Meld deg når du er her, eller på automaten med bestillingsnummeret.",
        NoPlace = "Telefonen sa ikke hvor den er. Tillat det og trykk igjen, eller meld deg på automaten med bestillingsnummeret.",
        Away = "Kontoret kan ikke nås akkurat nå. Meld deg på automaten med bestillingsnummeret: det virker alltid.",
        Unsure = "Kontoret har ikke svart ennå. Trykk igjen om et minutt, eller meld deg på automaten med bestillingsnummeret.",
        Ticket = "Kølappen din", Follow = "Følg den på denne telefonen", Back = "Tilbake til bestillingen",
        TooEarly = "Det er for tidlig. Meld deg fra {0}.", TooLate = "Det er for sent å melde seg med denne bestillingen. Trekk en kølapp, eller spør i skranken.",
        Used = "Noen har allerede meldt seg med denne bestillingen. Var det ikke deg, spør i skranken.",
        Unknown = "Kontoret kjenner ikke denne bestillingen. Spør i skranken, eller trekk en kølapp.",
        Later = "Kontoret tar ikke imot nå. Spør i skranken.",
    };

    private static readonly ArrivalWords Ukrainian = new()
    {
        Heading = "Ви вже тут?", Button = "Я тут",
        PlaceNote = "Телефон запитають, де він. Місце один раз порівняють із місцем відділення й не збережуть.",
        NoScript = "Ваш браузер не виконує скриптів і не може сказати, де ви. Зареєструйтеся в автоматі за номером запису.",
        Opens = "Із {0}, коли прийдете, можна зареєструватися й тут.",
        Far = "Схоже, ваш телефон за {0} від відділення. Зареєструйтеся, коли прийдете, або в автоматі за номером запису.",
        NoPlace = "Телефон не сказав, де він. Дозвольте це й натисніть ще раз або зареєструйтеся в автоматі за номером запису.",
        Away = "Відділення зараз недоступне. Зареєструйтеся в автоматі за номером запису: це працює завжди.",
        Unsure = "Відділення ще не відповіло. Натисніть ще раз за хвилину або зареєструйтеся в автоматі за номером запису.",
        Ticket = "Ваш талон", Follow = "Стежити на цьому телефоні", Back = "Назад до запису",
        TooEarly = "Ще зарано. Реєструйтеся з {0}.", TooLate = "Реєструватися за цим записом уже пізно. Візьміть талон або запитайте біля віконця.",
        Used = "За цим записом хтось уже зареєструвався. Якщо це не ви, запитайте біля віконця.",
        Unknown = "Відділення не знає цього запису. Запитайте біля віконця або візьміть талон.",
        Later = "Відділення зараз не реєструє. Запитайте біля віконця.",
    };

    private static readonly ArrivalWords Arabic = new()
    {
        Heading = "هل وصلت؟", Button = "أنا هنا",
        PlaceNote = "سيُسأل هاتفك عن مكانه. يُقارن المكان بمكان الفرع مرة واحدة ولا يُحفظ.",
        NoScript = "متصفحك لا يشغّل البرامج النصية فلا يمكنه تحديد مكانك. سجّل حضورك في جهاز التذاكر برقم الحجز.",
        Opens = "ابتداءً من {0} يمكنك تسجيل حضورك هنا أيضًا عند وصولك.",
        Far = "يبدو أن هاتفك يبعد {0} عن الفرع. سجّل حضورك عند وصولك، أو في جهاز التذاكر برقم الحجز.",
        NoPlace = "لم يحدد هاتفك مكانه. اسمح بذلك واضغط مجددًا، أو سجّل حضورك في جهاز التذاكر برقم الحجز.",
        Away = "لا يمكن الوصول إلى الفرع الآن. سجّل حضورك في جهاز التذاكر برقم الحجز: هذا يعمل دائمًا.",
        Unsure = "لم يجب الفرع بعد. اضغط مجددًا بعد دقيقة، أو سجّل حضورك في جهاز التذاكر برقم الحجز.",
        Ticket = "تذكرتك", Follow = "تابعها على هذا الهاتف", Back = "العودة إلى الحجز",
        TooEarly = "الوقت مبكر. سجّل حضورك ابتداءً من {0}.", TooLate = "فات وقت تسجيل الحضور بهذا الحجز. خذ تذكرة أو اسأل عند أحد الشبابيك.",
        Used = "سجّل شخص حضوره بهذا الحجز من قبل. إن لم تكن أنت فاسأل عند أحد الشبابيك.",
        Unknown = "لا يعرف الفرع هذا الحجز. اسأل عند أحد الشبابيك أو خذ تذكرة.",
        Later = "لا يستقبل الفرع تسجيل الحضور الآن. اسأل عند أحد الشبابيك.",
    };

    public static ArrivalWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };

    /// <summary>The hub's refusal in this language. What comes rarely has one sentence for all.</summary>
    public string WhyNot(Refusal refusal) => refusal.Code switch
    {
        "bookingTooEarly" => string.Format(System.Globalization.CultureInfo.InvariantCulture, TooEarly, refusal.At),
        "bookingTooLate" or "bookingLapsed" => TooLate,
        "bookingUsed" => Used,
        "unknownBooking" or "bookingWithdrawn" => Unknown,
        "tooLate" or "busy" or "diskFault" => Unsure,
        _ => Later,
    };
}
