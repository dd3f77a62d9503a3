namespace EdgeQueue.Cloud.Joining;

/// <summary>Messages about a ticket in one language. They begin with what matters.</summary>
/// <param name="Joined">{0} ticket, {1} branch, {2} the wait, {3} link.</param>
/// <param name="Wait">{0} to {1} minutes.</param>
/// <param name="Refused">{0} branch, {1} why.</param>
/// <param name="Unsure">{0} branch.</param>
/// <param name="Status">{0} ticket, {1} people before, {2} the wait.</param>
/// <param name="Kept">{0} ticket: aside, or its place is not known.</param>
/// <param name="CalledNow">{0} ticket, {1} counter.</param>
/// <param name="Near">{0} ticket, {1} branch, {2} the wait.</param>
/// <param name="ChooseService">{0} what can be written.</param>
/// <param name="ChooseBranch">{0} what can be written.</param>
/// <param name="Away">{0} branch.</param>
/// <param name="Left">{0} ticket.</param>
/// <param name="NotLeft">{0} ticket.</param>
/// <param name="Ready">{0} case number, {1} where.</param>
internal sealed record JoinSmsWords(
    string Joined, string Wait, string Soon, string NotKnown, string Refused, string Unsure, string NotTaken, string Has, string Asking, string Status, string Kept, string CalledNow,
    string Near, string ChooseService, string ChooseBranch, string NoBranch, string Away, string Full, string Left, string NotLeft, string LeaveUnsure, string LeaveLater, string Ready,
    IReadOnlyDictionary<string, string> Why)
{
    private static readonly JoinSmsWords English = new(
        "Your ticket is {0}, {1}. {2} {3} To leave: CANCEL", "Wait: about {0} to {1} minutes.", "You are called any moment.", "We cannot say yet how long it takes.",
        "No ticket was taken at {0}. {1}", "{0} did not answer. We do not know yet whether you have a ticket, and write when we know. Do not write again.",
        "No ticket was taken: the branch did not hear of it in time. Write JOIN again if you like.", "You have a ticket already: {0}. Write STATUS or CANCEL.",
        "We have asked the branch for you and wait for its answer.", "{0}: {1} before you. {2}", "{0} is kept for you. Look at the boards, or ask at a counter.",
        "{0}: please come to counter {1}.", "{0}: your turn is near, {1}. {2}", "Write JOIN and one of: {0}", "Write JOIN, the service and one of: {0}",
        "Tickets are not given by SMS. Please take one at the dispenser.", "{0} is not connected just now. No ticket was taken; please take one at the dispenser.",
        "Too many people have joined from outside already. No ticket was taken.", "{0} is given up. You have left the queue.", "{0} could not be given up: it is called or over. Tell them at the counter.",
        "The branch did not answer. Whether your ticket is given up we do not know.", "The branch has not said yet whether you have a ticket. If it has given one, it is given up as soon as we know; we write then.", "Your documents are ready. Case {0}. {1}",
        new Dictionary<string, string>
        {
            ["serviceClosed"] = "It is closed for this service now.", ["quotaReached"] = "All tickets of today are given.", ["hallFull"] = "The hall is full. Try again later.",
            ["closingSoon"] = "You would not be served before it closes.", ["bookingsOnly"] = "Only with a booking.", [""] = "Please ask there, or try again later.",
        });

    private static readonly JoinSmsWords Norwegian = new(
        "Kølappen din er {0}, {1}. {2} {3} Gå ut: AVBESTILL", "Ventetid: omtrent {0} til {1} minutter.", "Du blir ropt opp straks.", "Vi kan ikke si hvor lang tid det tar ennå.",
        "Ingen kølapp ble trukket hos {0}. {1}", "{0} svarte ikke. Vi vet ikke ennå om du har kølapp, og skriver når vi vet det. Ikke skriv på nytt.",
        "Ingen kølapp ble trukket: kontoret hørte ikke om den i tide. Skriv KØ igjen om du vil.", "Du har allerede kølapp: {0}. Skriv STATUS eller AVBESTILL.",
        "Vi har spurt kontoret for deg og venter på svar.", "{0}: {1} foran deg. {2}", "{0} holdes av. Følg med på tavlene, eller spør i en luke.",
        "{0}: kom til luke {1}.", "{0}: det er snart din tur, {1}. {2}", "Skriv KØ og en av: {0}", "Skriv KØ, tjenesten og en av: {0}",
        "Kølapper gis ikke med SMS. Trekk en på automaten.", "{0} er ikke tilkoblet nå. Ingen kølapp ble trukket; trekk en på automaten.",
        "For mange har stilt seg i kø utenfra allerede. Ingen kølapp ble trukket.", "{0} er gitt opp. Du er ute av køen.", "{0} kunne ikke gis opp: den er ropt opp eller over. Si fra i luken.",
        "Kontoret svarte ikke. Vi vet ikke om kølappen din er gitt opp.", "Kontoret har ikke svart ennå om du har kølapp. Har du fått en, gis den opp så snart vi vet det; da skriver vi.", "Dokumentene dine er klare. Sak {0}. {1}",
        new Dictionary<string, string>
        {
            ["serviceClosed"] = "Det er stengt for denne tjenesten nå.", ["quotaReached"] = "Alle dagens kølapper er gitt.", ["hallFull"] = "Hallen er full. Prøv igjen senere.",
            ["closingSoon"] = "Du ville ikke rekke det før det stenger.", ["bookingsOnly"] = "Bare med timebestilling.", [""] = "Spør der, eller prøv igjen senere.",
        });

    private static readonly JoinSmsWords Ukrainian = new(
        "Ваш талон {0}, {1}. {2} Стежити: {3} Вийти: СКАСУВАТИ.", "Чекати {0}–{1} хв.", "Вас викличуть зараз.", "Поки не знаємо, скільки чекати.",
        "Талон не взято: {0}. {1}", "{0}: немає відповіді. Чи є у вас талон, ще не знаємо; напишемо. Не пишіть знову.",
        "Талон не взято: відділення не почуло вчасно. Спробуйте ЧЕРГА ще раз.", "У вас уже є талон {0}. СТАТУС або СКАСУВАТИ.",
        "Ми запитали відділення і чекаємо відповіді.", "{0}: перед вами {1}. {2}", "{0} збережено. Стежте за табло.",
        "{0}: підійдіть до вікна {1}.", "{0}: скоро ваша черга, {1}. {2}", "Напишіть ЧЕРГА і одне з: {0}", "Напишіть ЧЕРГА, послугу і одне з: {0}",
        "Талони через SMS не видаємо. Візьміть в автоматі.", "{0} не на зв’язку. Талон не взято; візьміть в автоматі.",
        "Забагато людей у черзі ззовні. Талон не взято.", "{0} скасовано. Ви вийшли з черги.", "{0} не скасувати: його викликано або завершено.",
        "Немає відповіді. Чи скасовано талон, не знаємо.", "Відділення ще не відповіло. Якщо талон є, скасуємо його, щойно дізнаємося, і напишемо.", "Ваші документи готові. Справа {0}. {1}",
        new Dictionary<string, string>
        {
            ["serviceClosed"] = "Зараз ця послуга закрита.", ["quotaReached"] = "Талони на сьогодні закінчилися.", ["hallFull"] = "Зала повна. Спробуйте пізніше.",
            ["closingSoon"] = "До закриття не встигнете.", ["bookingsOnly"] = "Лише за записом.", [""] = "Запитайте там або спробуйте пізніше.",
        });

    private static readonly JoinSmsWords Arabic = new(
        "تذكرتك {0}، {1}. {2} تابعها: {3} للخروج أرسل إلغاء.", "الانتظار نحو {0} إلى {1} دقيقة.", "ستُنادى حالًا.", "لا نعرف المدة بعد.",
        "لم تؤخذ تذكرة في {0}. {1}", "{0} لم يجب. لا نعرف بعد إن كانت لك تذكرة وسنكتب لك. لا ترسل مجددًا.",
        "لم تؤخذ تذكرة: لم يسمع الفرع في الوقت المناسب. أرسل طابور مجددًا إن شئت.", "لديك تذكرة: {0}.",
        "سألنا الفرع وننتظر جوابه.", "{0}: أمامك {1}. {2}", "{0} محفوظة. تابع الشاشات.",
        "{0}: تفضل إلى الشباك {1}.", "{0}: اقترب دورك، {1}. {2}", "أرسل طابور مع إحدى: {0}", "أرسل طابور والخدمة وإحدى: {0}",
        "لا تعطى التذاكر بالرسائل. خذها من الجهاز.", "{0} غير متصل الآن. لم تؤخذ تذكرة؛ خذها من الجهاز.",
        "كثيرون في الطابور من الخارج. لم تؤخذ تذكرة.", "{0} أُلغيت. خرجت من الطابور.", "{0} لا تُلغى: نودي عليها أو انتهت.",
        "لم يجب الفرع. لا نعرف إن أُلغيت تذكرتك.", "لم يجب الفرع بعد. إن أعطاك تذكرة نلغيها فور علمنا ونكتب لك.", "وثائقك جاهزة. الملف {0}. {1}",
        new Dictionary<string, string>
        {
            ["serviceClosed"] = "هذه الخدمة مغلقة الآن.", ["quotaReached"] = "نفدت تذاكر اليوم.", ["hallFull"] = "القاعة ممتلئة. حاول لاحقًا.",
            ["closingSoon"] = "لن تُخدم قبل الإغلاق.", ["bookingsOnly"] = "بموعد فقط.", [""] = "اسأل هناك أو حاول لاحقًا.",
        });

    public string WhyNot(string code) => Why.GetValueOrDefault(code) ?? Why[""];

    public string Minutes((int From, int To)? wait) => wait switch
    {
        null => NotKnown,
        { From: 0, To: <= 1 } => Soon,
        var (from, to) => Say(Wait, from, to),
    };

    public static string Say(string text, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, values);

    /// <summary>What <see cref="In"/> has words for, to be said to people.</summary>
    public const string Spoken = "en, nb, uk, ar";

    /// <param name="language">BCP 47.</param>
    public static bool Speaks(string language) => language.Length <= 35 && language.Split('-')[0] is "en" or "nb" or "nn" or "no" or "uk" or "ar";

    public static JoinSmsWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };
}
