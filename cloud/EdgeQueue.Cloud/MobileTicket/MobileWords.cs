namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>What a mobile ticket says in one language.</summary>
internal sealed record MobileWords(
    string Language, string YourTicket, string NotYet, string NotYetNote, string Ahead, string Next, string Minutes, string Soon, string NoTime, string Called, string Serving,
    string Elsewhere, string Away, string Sound, string Over, string Missed, string Gone, string Ask, string Comment, string Send, string Thanks, string Best, string Worst,
    string Aside, string AsideNote, string Left, string MoreTime, string MoreDone, string Leave, string LeaveNote, string LeaveYes, string WishAway, string WishUnknown, string WishCalled,
    string WishHad, string WishNo)
{
    private static readonly MobileWords English = new(
        "en", "Your ticket", "One moment", "This ticket is not known here yet, or its link is over. If it is new, this page waits for it.", "{0} before you", "You are next", "about {0} to {1} minutes", "any moment now",
        "We cannot say yet how long it takes.", "Please come to counter {0}", "You are at counter {0}", "Your ticket is kept for you. Look at the boards, or ask at a counter.",
        "The branch is not connected just now. This is how it was; the boards there are right.", "Sound and vibration when I am called", "Thank you for coming",
        "You were called and did not come. Please ask at a counter.", "This ticket is over.", "How was it?", "What should we know? (No names or numbers, please)", "Send", "Thank you for your answer.", "very good", "bad",
        "Back in the queue at {0}", "You keep your place. If you are here sooner, say so at a counter.", "You have left the queue.", "I need {0} more minutes", "You have more time and keep your place.",
        "I do not come", "Your place goes to the next one, and cannot be had back.", "Give the ticket up", "The branch is not connected just now: it does not know of your wish. Nothing has changed.",
        "The branch did not answer. Whether it has heard you, we do not know yet; this page shows what holds.", "You are called, or aside already. Please tell them at the counter.",
        "You had more time already.", "That was not possible. This page shows what holds.");

    private static readonly MobileWords Norwegian = new(
        "nb", "Kølappen din", "Et øyeblikk", "Kølappen er ikke kjent her ennå, eller lenken er utløpt. Er den ny, venter siden på den.", "{0} foran deg", "Du er nestemann", "omtrent {0} til {1} minutter", "straks",
        "Vi kan ikke si hvor lang tid det tar ennå.", "Kom til luke {0}", "Du er ved luke {0}", "Kølappen din holdes av. Følg med på tavlene, eller spør i en luke.",
        "Kontoret er ikke tilkoblet akkurat nå. Slik var det; tavlene der er riktige.", "Lyd og vibrasjon når jeg blir ropt opp", "Takk for besøket",
        "Du ble ropt opp og kom ikke. Spør i en luke.", "Denne kølappen er over.", "Hvordan var det?", "Hva bør vi vite? (Ingen navn eller numre, takk)", "Send", "Takk for svaret.", "svært bra", "dårlig",
        "Tilbake i køen kl. {0}", "Du beholder plassen. Er du her før, si fra i en luke.", "Du er ute av køen.", "Jeg trenger {0} minutter til", "Du har fått mer tid og beholder plassen.",
        "Jeg kommer ikke", "Plassen går til nestemann og kan ikke fås tilbake.", "Gi opp kølappen", "Kontoret er ikke tilkoblet akkurat nå og vet ikke om ønsket. Ingenting er endret.",
        "Kontoret svarte ikke. Om det har hørt deg vet vi ikke ennå; siden viser det som gjelder.", "Du er ropt opp, eller holdes av allerede. Si fra i luken.",
        "Du har alt fått mer tid.", "Det gikk ikke. Siden viser det som gjelder.");

    private static readonly MobileWords Ukrainian = new(
        "uk", "Ваш талон", "Зачекайте", "Цей талон тут ще не відомий, або посилання вже не діє. Якщо він новий, сторінка чекає на нього.", "Перед вами: {0}", "Ви наступні", "приблизно {0}–{1} хв", "зараз",
        "Поки що не можемо сказати, скільки чекати.", "Підійдіть до вікна {0}", "Ви біля вікна {0}", "Ваш талон збережено. Стежте за табло або запитайте біля вікна.",
        "Відділення зараз не на зв’язку. Так було; табло там показують правильно.", "Звук і вібрація, коли мене викличуть", "Дякуємо, що завітали",
        "Вас викликали, але ви не підійшли. Запитайте біля вікна.", "Цей талон завершено.", "Як усе пройшло?", "Що нам варто знати? (Без імен і номерів)", "Надіслати", "Дякуємо за відповідь.", "дуже добре", "погано",
        "Знову в черзі о {0}", "Ваше місце збережено. Якщо прийдете раніше, скажіть біля вікна.", "Ви вийшли з черги.", "Мені потрібно ще {0} хв", "У вас є більше часу, місце збережено.",
        "Я не прийду", "Ваше місце перейде наступному, повернути його не можна.", "Відмовитися від талона", "Відділення зараз не на зв’язку і не знає про це. Нічого не змінилося.",
        "Відділення не відповіло. Чи почуло воно вас, ще не знаємо; сторінка показує, як є.", "Вас уже викликали, або місце вже відкладено. Скажіть біля вікна.",
        "Вам уже давали більше часу.", "Не вдалося. Сторінка показує, як є.");

    private static readonly MobileWords Arabic = new(
        "ar", "تذكرتك", "لحظة من فضلك", "هذه التذكرة غير معروفة هنا بعد، أو انتهت صلاحية رابطها. إن كانت جديدة فهذه الصفحة تنتظرها.", "أمامك: {0}", "أنت التالي", "نحو {0} إلى {1} دقيقة", "حالًا",
        "لا يمكننا بعد تقدير مدة الانتظار.", "تفضل إلى الشباك {0}", "أنت عند الشباك {0}", "تذكرتك محفوظة. تابع الشاشات أو اسأل عند أحد الشبابيك.",
        "الفرع غير متصل الآن. هكذا كان الوضع؛ الشاشات هناك صحيحة.", "صوت واهتزاز عند مناداتي", "شكرًا لزيارتك",
        "تمت مناداتك ولم تحضر. اسأل عند أحد الشبابيك.", "انتهت هذه التذكرة.", "كيف كانت الخدمة؟", "ماذا تود أن نعرف؟ (دون أسماء أو أرقام)", "إرسال", "شكرًا على إجابتك.", "جيد جدًا", "سيئ",
        "تعود إلى الطابور الساعة {0}", "مكانك محفوظ. إن حضرت قبل ذلك فأخبرهم عند شباك.", "خرجت من الطابور.", "أحتاج {0} دقائق أخرى", "لديك وقت أكثر ومكانك محفوظ.",
        "لن أحضر", "يذهب مكانك إلى التالي ولا يعود.", "أتخلى عن التذكرة", "الفرع غير متصل الآن ولا يعلم برغبتك. لم يتغير شيء.",
        "لم يجب الفرع. لا نعرف بعد إن سمعك؛ تعرض هذه الصفحة ما هو قائم.", "نودي عليك أو أنت جانبًا. أخبرهم عند الشباك.",
        "حصلت على وقت إضافي من قبل.", "لم يكن ذلك ممكنًا. تعرض هذه الصفحة ما هو قائم.");

    public static MobileWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };
}
