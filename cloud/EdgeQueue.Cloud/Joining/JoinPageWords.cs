namespace EdgeQueue.Cloud.Joining;

/// <summary>What the pages say on which somebody takes a ticket, in one language.</summary>
/// <param name="Wait">{0} to {1} minutes.</param>
/// <param name="Waiting">{0} people.</param>
internal sealed record JoinPageWords(
    string Language, string Title, string Choose, string Note, string Wait, string Soon, string NotKnown, string Waiting, string Away, string AwayNote, string Nothing, string TooMany, string Full,
    string Cookie, string Where, string Far, string Asking, string AskingNote, string Unsure, string Refused, string TooLate, string Again, string LanguageName)
{
    private static readonly JoinPageWords English = new(
        "en", "Take a ticket", "What do you come for?", "The ticket is on this phone, without paper. Its page says when it is your turn.", "about {0} to {1} min", "no wait now", "wait not known yet",
        "{0} waiting", "The branch is not connected just now", "No ticket was taken. Please take one at the dispenser there, or try again later.", "No tickets are given from here now.",
        "Several tickets were taken from your connection. Please wait a little, or take one at the dispenser.", "Too many people have joined from outside already. No ticket was taken.",
        "This page keeps one small note in your browser, so that you have one ticket and not two. Please allow it and choose again.", "Your browser has not said where you are. Allow it, or take a ticket at the dispenser.",
        "You are too far away. Tickets are given from here near the branch only.", "One moment: the branch is asked for your ticket", "This page goes on by itself.",
        "The branch has not answered. Whether your ticket was taken we do not know yet; it is never taken twice.", "No ticket was taken", "The branch did not hear of it in time.", "Choose again", "Language");

    private static readonly JoinPageWords Norwegian = new(
        "nb", "Trekk kølapp", "Hva gjelder det?", "Kølappen er på denne telefonen, uten papir. Siden sier fra når det er din tur.", "omtrent {0} til {1} min", "ingen ventetid nå", "ventetid ikke kjent ennå",
        "{0} venter", "Kontoret er ikke tilkoblet akkurat nå", "Ingen kølapp ble trukket. Trekk en på automaten der, eller prøv igjen senere.", "Det gis ingen kølapper herfra nå.",
        "Flere kølapper er trukket fra forbindelsen din. Vent litt, eller trekk en på automaten.", "For mange har stilt seg i kø utenfra allerede. Ingen kølapp ble trukket.",
        "Siden lagrer en liten lapp i nettleseren, så du får én kølapp og ikke to. Tillat det og velg igjen.", "Nettleseren har ikke sagt hvor du er. Tillat det, eller trekk kølapp på automaten.",
        "Du er for langt unna. Kølapper gis bare nær kontoret.", "Et øyeblikk: kontoret spørres om kølappen din", "Siden går videre av seg selv.",
        "Kontoret har ikke svart. Om kølappen ble trukket vet vi ikke ennå; den trekkes aldri to ganger.", "Ingen kølapp ble trukket", "Kontoret hørte ikke om den i tide.", "Velg igjen", "Språk");

    private static readonly JoinPageWords Ukrainian = new(
        "uk", "Взяти талон", "З якого питання?", "Талон буде на цьому телефоні, без паперу. Сторінка скаже, коли ваша черга.", "приблизно {0}–{1} хв", "без черги", "час невідомий",
        "чекають: {0}", "Відділення зараз не на зв’язку", "Талон не взято. Візьміть його в автоматі або спробуйте пізніше.", "Зараз талони звідси не видаються.",
        "З вашого з’єднання взято кілька талонів. Зачекайте або візьміть в автоматі.", "Забагато людей стало в чергу ззовні. Талон не взято.",
        "Сторінка зберігає маленьку позначку в браузері, щоб у вас був один талон, а не два. Дозвольте це і виберіть знову.", "Браузер не сказав, де ви. Дозвольте або візьміть талон в автоматі.",
        "Ви задалеко. Звідси талони видаються лише поблизу відділення.", "Зачекайте: питаємо відділення про ваш талон", "Сторінка продовжить сама.",
        "Відділення не відповіло. Чи взято талон, ще не знаємо; двічі його не візьмуть.", "Талон не взято", "Відділення не почуло вчасно.", "Вибрати знову", "Мова");

    private static readonly JoinPageWords Arabic = new(
        "ar", "خذ تذكرة", "ما سبب زيارتك؟", "التذكرة على هذا الهاتف دون ورق. ستخبرك الصفحة حين يحين دورك.", "نحو {0} إلى {1} دقيقة", "دون انتظار الآن", "المدة غير معروفة بعد",
        "المنتظرون: {0}", "الفرع غير متصل الآن", "لم تؤخذ تذكرة. خذها من الجهاز هناك أو حاول لاحقًا.", "لا تعطى تذاكر من هنا الآن.",
        "أُخذت عدة تذاكر من اتصالك. انتظر قليلًا أو خذ تذكرة من الجهاز.", "كثيرون انضموا من الخارج. لم تؤخذ تذكرة.",
        "تحفظ هذه الصفحة علامة صغيرة في متصفحك لتكون لك تذكرة واحدة لا اثنتان. اسمح بها واختر مجددًا.", "لم يذكر متصفحك مكانك. اسمح بذلك أو خذ تذكرة من الجهاز.",
        "أنت بعيد. تعطى التذاكر من هنا قرب الفرع فقط.", "لحظة: نسأل الفرع عن تذكرتك", "تتابع الصفحة وحدها.",
        "لم يجب الفرع. لا نعرف بعد إن أُخذت تذكرتك؛ ولن تؤخذ مرتين.", "لم تؤخذ تذكرة", "لم يسمع الفرع في الوقت المناسب.", "اختر مجددًا", "اللغة");

    public static JoinPageWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };
}
